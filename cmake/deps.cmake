# Where third-party code comes from. Nothing is downloaded by CMake itself: scripts/deps builds what Debian's packages do not
# give us, keeps it in a cache outside the build tree and prints the directory; a cached one costs milliseconds.
#
#   cudgel::lws           libwebsockets, static (native only)
#   cudgel::sdl2          SDL2, static (WebAssembly only)
#   cudgel::sodium        libsodium (native only)
#   cudgel::flatbuffers   cudgel::expected   cudgel::xxhash      header-only, both builds
#   CUDGEL_CACHE_DIR      what is expensive to make and survives the build tree goes below it
#   GTest::gtest, GTest::gtest_main, GTest::gmock                (native, with CUDGEL_TESTS)
#   benchmark::benchmark                                         (native, with CUDGEL_BENCH)

function(cudgel_dependency result)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/deps ${ARGN}
    OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "scripts/deps ${ARGN} failed; its messages stand above")
  endif()
  message(STATUS "cudgel dependency: ${prefix}")
  set(${result} ${prefix} PARENT_SCOPE)
endfunction()

cudgel_dependency(CUDGEL_CACHE_DIR cache)

foreach(name flatbuffers expected xxhash)
  add_library(cudgel_${name} INTERFACE)
  add_library(cudgel::${name} ALIAS cudgel_${name})
endforeach()
target_compile_definitions(cudgel_xxhash INTERFACE XXH_INLINE_ALL)

if(EMSCRIPTEN)
  # Debian's emcc finds its JS optimiser's parser through NODE_PATH, and only there.
  if(EXISTS /usr/share/nodejs/acorn)
    set(CMAKE_CXX_LINKER_LAUNCHER ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs)
    set(CMAKE_C_LINKER_LAUNCHER ${CMAKE_CXX_LINKER_LAUNCHER})
  endif()

  # Never /usr/include: the C library of the building machine stands there too.
  cudgel_dependency(headers_prefix headers)
  foreach(name flatbuffers expected xxhash)
    target_include_directories(cudgel_${name} SYSTEM INTERFACE ${headers_prefix}/include)
  endforeach()

  cudgel_dependency(sdl2_prefix sdl2)
  add_library(cudgel_sdl2 STATIC IMPORTED)
  add_library(cudgel::sdl2 ALIAS cudgel_sdl2)
  set_target_properties(cudgel_sdl2 PROPERTIES IMPORTED_LOCATION ${sdl2_prefix}/lib/libSDL2.a)
  # Both #include <SDL.h> and <SDL2/SDL.h>.
  target_include_directories(cudgel_sdl2 SYSTEM INTERFACE ${sdl2_prefix}/include ${sdl2_prefix}/include/SDL2)
  # Without these two library functions opening an audio device throws. They stand in a file because a dollar sign on a
  # command line does not survive CMake, ninja and the shell.
  file(WRITE ${CMAKE_BINARY_DIR}/sdl2_library_functions.txt "$autoResumeAudioContext\n$dynCall\n")
  target_link_options(cudgel_sdl2 INTERFACE
    -sDEFAULT_LIBRARY_FUNCS_TO_INCLUDE=@${CMAKE_BINARY_DIR}/sdl2_library_functions.txt)
else()
  find_package(Threads REQUIRED)
  set(lws_variant release)
  if(CUDGEL_SANITIZE MATCHES "thread")
    set(lws_variant tsan)
  elseif(CUDGEL_SANITIZE MATCHES "address")
    set(lws_variant asan)
  endif()
  cudgel_dependency(lws_prefix lws ${lws_variant} ${CMAKE_C_COMPILER})
  add_library(cudgel_lws STATIC IMPORTED)
  add_library(cudgel::lws ALIAS cudgel_lws)
  set_target_properties(cudgel_lws PROPERTIES IMPORTED_LOCATION ${lws_prefix}/lib/libwebsockets.a)
  target_include_directories(cudgel_lws SYSTEM INTERFACE ${lws_prefix}/include)
  target_link_libraries(cudgel_lws INTERFACE Threads::Threads m)

  find_library(CUDGEL_SODIUM sodium REQUIRED)
  find_path(CUDGEL_SODIUM_INCLUDE sodium.h REQUIRED)
  add_library(cudgel_sodium INTERFACE)
  add_library(cudgel::sodium ALIAS cudgel_sodium)
  target_include_directories(cudgel_sodium SYSTEM INTERFACE ${CUDGEL_SODIUM_INCLUDE})
  target_link_libraries(cudgel_sodium INTERFACE ${CUDGEL_SODIUM})

  if(CUDGEL_TESTS)
    find_package(GTest REQUIRED)
  endif()
  if(CUDGEL_BENCH)
    find_package(benchmark REQUIRED)
  endif()
endif()
