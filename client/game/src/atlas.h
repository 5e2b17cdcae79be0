#pragma once
// The atlas is read in client/play, where it can be tested and fuzzed without a browser.

#include "play/atlas.h"
