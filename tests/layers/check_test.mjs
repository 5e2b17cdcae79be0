// Goal: the layer check finds every sort of fault it is there for, at the right line, and nothing else.
// Method: a small tree of good and bad files, written to a temporary directory and checked against the real rules.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, codeOf } from './layers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const rules = JSON.parse(readFileSync(path.join(here, 'rules.json'), 'utf8'));

function checkTree(tree, table = rules) {
  const root = mkdtempSync(path.join(tmpdir(), 'cudgel-layers-'));
  try {
    for (const [file, text] of Object.entries(tree)) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    return check(root, table).faults.map(({ file, line, why }) => `${file}:${line}: ${why}`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const good = {
  'shared/base/include/base/ids.h': '#include <cstdint>\n',
  'shared/sim/src/step.cpp': '#include "base/ids.h"\n#include "content/content.h"\n#include "mind.h"\n// no float here, nor a double\nconst char* k = "float";\n',
  'shared/sim/src/mind.h': '#include "sim/schema/world_generated.h"\nint million = 1\'000\'000;\n',
  'shared/sim/CMakeLists.txt': 'cudgel_module(sim DEPENDS base content # not server_net\n  PRIVATE_DEPENDS sim_schema SOURCES src/step.cpp)\n',
  'server/net/src/site.cpp': '#include <libwebsockets.h>\n#include "session/session.h"\n',
  'server/net/CMakeLists.txt': 'cudgel_module(server_net DEPENDS server_session PRIVATE_DEPENDS cudgel::lws SOURCES a.cpp)\n',
  'client/core/src/clock.cpp': '#include "replication/replica.h"\n#include "protocol/schema/server_generated.h"\n',
  'client/game/src/scene.cpp': '#include <SDL.h>\n#include "core/game_client.h"\n',
};

/** Each: what stands in the tree, and the one line that must be said about it. */
const bad = [
  ['shared/base/src/a.cpp', '\n#include "sim/world.h"\n', ':2: base must not stand on sim'],
  ['shared/sim/src/a.cpp', '#include "protocol/limits.h"\n', ':1: sim must not stand on protocol'],
  ['shared/sim/src/a.cpp', '#include "protocol/schema/server_generated.h"\n', ':1: sim must not stand on protocol_schema'],
  ['shared/protocol/src/a.cpp', '#include "sim/walker.h"\n', ':1: protocol must not stand on sim'],
  ['shared/replication/src/a.cpp', '#  include "session/session.h"\n', ':1: replication must not stand on server_session'],
  ['client/core/src/a.cpp', '#include <condition_variable>\n', ':1: client/core has no thread, clock, file or socket in it'],
  ['client/core/src/a.cpp', '#include "session/session.h"\n', ':1: core must not stand on server_session'],
  ['client/core/src/a.cpp', '#include <SDL2/SDL_events.h>\n', ':1: only client/game knows SDL'],
  ['client/core/src/a.cpp', '#include <chrono>\n', ':1: client/core has no thread, clock, file or socket in it'],
  ['client/game/src/a.cpp', '#include "net_native/url.h"\n', ':1: client must not stand on net_native'],
  ['server/session/src/a.cpp', '#include <libwebsockets.h>\n', ':1: only server/net and client/net/native touch libwebsockets'],
  ['server/session/src/a.cpp', '#include "libwebsockets.h"\n', ':1: "libwebsockets.h" is no header of this module and no module\'s public header'],
  ['server/realm/src/a.cpp', '#include "net/site.h"\n', ':1: server_realm must not stand on server_net'],
  ['server/main.cpp', '#include "core/game_client.h"\n', ':1: cudgel-server must not stand on core'],
  ['server/net/src/a.cpp', '#include <sqlite3.h>\n', ':1: only server/store knows SQLite'],
  ['bots/src/a.cpp', '#include "realm/realm.h"\n', ':1: cudgel-bots must not stand on server_realm'],
  ['shared/sim/src/a.cpp', '#include <unordered_map>\n', ':1: sim must give the same result everywhere'],
  ['shared/sim/src/a.cpp', '#include <thread>\n', ':1: shared has no thread, file, clock or socket in it'],
  ['shared/content/src/a.cpp', '#include <fstream>\n', ':1: shared has no thread, file, clock or socket in it'],
  ['shared/sim/src/a.cpp', 'int a; /* float */\nlong b;  double c;\n', ':2: sim computes with integers only ("double")'],
  ['shared/sim/src/a.cpp', "int a = 1'000; float b = 1'000;\n", ':1: sim computes with integers only ("float")'],
  ['shared/sim/src/a.cpp', 'std::unordered_set<int> a;\n', ':1: sim never walks a container in an order nobody knows ("unordered_set")'],
  ['shared/sim/src/a.cpp', '#include "../../server/a.h"\n', ':1: "../../server/a.h" leaves its directory'],
  ['shared/sim/src/a.cpp', '#include "nowhere.h"\n', ':1: "nowhere.h" is no header of this module and no module\'s public header'],
  ['shared/new/src/a.cpp', '', ':1: belongs to no module of tests/layers/rules.json'],
  ['shared/base/CMakeLists.txt', '\ncudgel_module(base\n  DEPENDS sim SOURCES a.cpp)\n', ':2: base must not stand on sim'],
  ['shared/sim/CMakeLists.txt', 'cudgel_module(sim DEPENDS base PRIVATE_DEPENDS core SOURCES a.cpp)\n', ':1: sim must not stand on core'],
  ['server/session/CMakeLists.txt', 'cudgel_module(server_session DEPENDS base cudgel::lws SOURCES a.cpp)\n', ':1: only server/net and client/net/native touch libwebsockets'],
  ['tools/new/CMakeLists.txt', 'cudgel_program(cudgel-new DEPENDS base SOURCES a.cpp)\n', ':1: target cudgel-new stands in no line of tests/layers/rules.json'],
];

assert.deepEqual(checkTree(good), [], 'a good tree has no faults');
for (const [file, text, expected] of bad) {
  assert.deepEqual(checkTree({ ...good, [file]: text }), [file + expected], `${file}: ${JSON.stringify(text)}`);
}

const circle = structuredClone(rules);
circle.modules.find((module) => module.target === 'base').uses.push('core');
assert.ok(checkTree(good, circle).some((fault) => fault.endsWith('base stands on itself')), 'a circle in the table is a fault');

assert.equal(codeOf('a // b\n"c\\"d" e').replace(/ +/g, ' '), 'a \n e');
console.log(`${bad.length + 3} cases hold`);
