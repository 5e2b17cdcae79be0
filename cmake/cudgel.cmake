# How every target of the project is made, so that warnings, sanitizers and include directories are decided in one place.
#
#   cudgel_module(name DEPENDS a b SOURCES x.cpp ... [PRIVATE_DEPENDS c])
#       A static library `name`. Public headers stand in include/<name>/ and are written `#include "name/file.h"`;
#       what a module does not list in DEPENDS is not on its include path, so a forbidden include does not compile.
#   cudgel_program(name DEPENDS a b SOURCES x.cpp ...)
#   cudgel_test(name DEPENDS a b SOURCES x.cpp ... [LABELS l])     GoogleTest, registered with CTest
#   cudgel_flatbuffers(name SCHEMAS a.fbs ...)
#       An interface library `name_schema`; the generated headers are included as `name/schema/a_generated.h`. Schemas of one
#       list may include each other.

add_library(cudgel_flags INTERFACE)
target_compile_options(cudgel_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Werror -fno-strict-aliasing)
if(EMSCRIPTEN)
  target_compile_options(cudgel_flags INTERFACE -fno-exceptions)
endif()
if(CUDGEL_SANITIZE)
  add_compile_options(-fsanitize=${CUDGEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CUDGEL_SANITIZE})
endif()
if(CUDGEL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(CUDGEL_FLATC flatc REQUIRED)

function(cudgel_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;PRIVATE_DEPENDS;SOURCES" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_include_directories(${name} PUBLIC include PRIVATE src)
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE cudgel_flags ${arg_PRIVATE_DEPENDS})
endfunction()

function(cudgel_program name)
  cmake_parse_arguments(arg "" "" "DEPENDS;SOURCES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE cudgel_flags ${arg_DEPENDS})
endfunction()

function(cudgel_test name)
  cmake_parse_arguments(arg "" "" "DEPENDS;SOURCES;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE cudgel_flags ${arg_DEPENDS} GTest::gtest GTest::gtest_main)
  # What is tested is optimised; a test's own lines are compiled more often than they run, and half of all compiling was optimising them.
  target_compile_options(${name} PRIVATE -O0 -g1)
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600
    ENVIRONMENT "CUDGEL_SOURCE_DIR=${CMAKE_SOURCE_DIR};CUDGEL_BUILD_DIR=${CMAKE_BINARY_DIR}")
endfunction()

function(cudgel_flatbuffers name)
  cmake_parse_arguments(arg "" "" "SCHEMAS" ${ARGN})
  set(root ${CMAKE_BINARY_DIR}/generated/${name})
  set(outputs)
  foreach(schema IN LISTS arg_SCHEMAS)
    cmake_path(GET schema STEM stem)
    set(output ${root}/${name}/schema/${stem}_generated.h)
    add_custom_command(OUTPUT ${output}
      COMMAND ${CUDGEL_FLATC} --cpp --scoped-enums --cpp-std c++17 -o ${root}/${name}/schema
              ${CMAKE_CURRENT_SOURCE_DIR}/${schema}
      DEPENDS ${arg_SCHEMAS} VERBATIM)
    list(APPEND outputs ${output})
  endforeach()
  add_custom_target(${name}_schema_headers DEPENDS ${outputs})
  add_library(${name}_schema INTERFACE)
  add_dependencies(${name}_schema ${name}_schema_headers)
  target_include_directories(${name}_schema SYSTEM INTERFACE ${root})
  target_link_libraries(${name}_schema INTERFACE cudgel::flatbuffers)
endfunction()
