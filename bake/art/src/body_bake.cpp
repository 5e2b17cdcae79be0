#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

#include "bake_art/bake.h"
#include "bake_art/render.h"

namespace cudgel::bake {

void run_parallel(int threads, int count, const std::function<void(int)>& job) {
  std::atomic<int> next{0};
  const auto work = [&] {
    for (int i = next++; i < count; i = next++) job(i);
  };
  std::vector<std::thread> others;
  for (int t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  for (std::thread& t : others) t.join();
}

namespace {

// A round dark ground for icons, so that they show on any background.
void put_on_badge(Image& image) {
  Image out(image.width, image.height);
  const float middle = static_cast<float>(image.width) / 2, radius = middle * 0.97F;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const float dx = static_cast<float>(x) + 0.5F - middle, dy = static_cast<float>(y) + 0.5F - middle,
                  r = std::sqrt(dx * dx + dy * dy);
      const float cover = clamp01(radius - r + 0.5F), ring = smoothstep(radius * 0.90F, radius * 0.915F, r);
      const float light = clamp01(1.1F - (r / radius) * 0.6F - (dx + dy) / radius * 0.12F);
      const Vec ground = mix(Vec{54, 84, 46} * light, Vec{222, 176, 84} * (0.75F - (dx + dy) / radius * 0.25F), ring);
      const auto channel = [](float v) { return static_cast<std::uint8_t>(std::clamp(v, 0.F, 255.F)); };
      out.at(x, y) = {channel(ground.x), channel(ground.y), channel(ground.z), channel(cover * 255)};
    }
  draw_over(out, image, 0, 0);
  image = std::move(out);
}

BakedFile bake_portrait(const Model& model, const Portrait& portrait, std::string& error) {
  const AnimationModel* animation = nullptr;
  for (const AnimationModel& a : model.animations)
    if (a.name == portrait.animation) animation = &a;
  const Skeleton skeleton = stand_up(model, pose_at(*animation, portrait.frame));
  const Rendered r = render(model, skeleton, {portrait.facing_degrees, portrait.pixels_per_m, false});
  Image picture(portrait.width, portrait.height);
  const int x = static_cast<int>(portrait.ground.x) - r.body.origin_x, y = static_cast<int>(portrait.ground.y) - r.body.origin_y;
  draw_over(picture, r.body.image, x, y);
  if (portrait.badge) put_on_badge(picture);
  return {portrait.file, portrait.png ? encode_small_png(picture, error) : encode_webp(picture, {82, 90, 6}, error)};
}

}  // namespace

BakedBody bake_body(const Model& model, int threads, int only_direction, std::string& error) {
  BakedBody body;
  body.name = model.name;
  body.later = model.later;
  struct Job {
    std::size_t animation;
    int direction, frame;
  };
  std::vector<Job> jobs;
  if (model.in_atlas)
    for (const AnimationModel& a : model.animations) {
      if (a.name == "portrait") continue;
      const auto count = static_cast<std::size_t>(a.frames * a.directions);
      for (int d = 0; d < a.directions; ++d)
        for (int f = 0; f < a.frames && (only_direction < 0 || a.directions == 1 || d == only_direction); ++f)
          jobs.push_back({body.animations.size(), d, f});
      body.animations.push_back({a.name, a.frame_ms, a.frames, a.directions, a.impact_frame, a.loop, a.additive,
                                 std::vector<Sprite>(count), std::vector<Sprite>(a.shadow ? count : 0),
                                 std::vector<std::uint8_t>(model.overlay && model.undressed ? count : 0)});
    }
  std::mutex printing;
  std::atomic<std::size_t> done{0};
  run_parallel(threads, static_cast<int>(jobs.size()), [&](int j) {
    const Job& job = jobs[static_cast<std::size_t>(j)];
    BakedAnimation& out = body.animations[job.animation];
    const AnimationModel* in = nullptr;
    for (const AnimationModel& a : model.animations)
      if (a.name == out.name) in = &a;
    const Skeleton skeleton = stand_up(model, pose_at(*in, static_cast<float>(job.frame)));
    Rendered r = render(model, skeleton, {static_cast<float>(job.direction) * 45.F, k_pixels_per_m * model.size, in->shadow});
    const auto at = static_cast<std::size_t>(job.direction * out.frames + job.frame);
    out.sprites[at] = std::move(r.body);
    if (in->shadow) out.shadows[at] = std::move(r.shadow);
    if (!out.behind.empty()) out.behind[at] = r.behind ? 1 : 0;
    const std::size_t n = ++done;
    if (n % 64 == 0) {
      const std::lock_guard<std::mutex> lock(printing);
      std::printf("  %s: %zu of %zu pictures\n", model.name.c_str(), n, jobs.size());
      std::fflush(stdout);
    }
  });
  body.height_px = model.height_px;
  if (body.height_px == 0 && !body.animations.empty()) body.height_px = body.animations[0].sprites[0].origin_y;
  for (const Portrait& p : model.portraits) body.files.push_back(bake_portrait(model, p, error));
  return body;
}

}  // namespace cudgel::bake
