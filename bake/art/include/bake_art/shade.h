// What a point of a surface looks like: materials, key light with soft shadow, sky, occlusion, rim. Works on a Field.
#pragma once

#include "bake_art/field.h"

namespace cudgel::bake {

// Towards the key light in camera space: upper left, a little from the viewer's side.
Vec towards_key_light();

// Lit colour at p on `solid`, whose cell is `list` in the view bins: linear light before tone mapping.
Vec shade(const Field& field, const Model& model, std::span<const std::uint16_t> list, int solid, Vec p);

// 0 (dark) .. 1 (lit): how much of the key light reaches p.
float light_reaching(const Field& field, Vec p);

// 0..1 in each channel, for the screen but still linear.
Vec tone_mapped(Vec linear);

}  // namespace cudgel::bake
