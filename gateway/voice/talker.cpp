#include "voice/talker.hpp"

#include <fstream>
#include <sstream>
#include <utility>

#include "base/log.hpp"

namespace anju::voice {

Talker::Talker(Options options, SoundOutput& output, const Clock& clock)
    : options_(std::move(options)), output_(output), clock_(clock), thread_([this] { run(); }) {}

Talker::~Talker() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stirred_.notify_all();
    thread_.join();
    for (const Order& order : orders_) {
        if (order.done) order.done(Played::failed);
    }
}

void Talker::say(Prompt prompt, int times, std::function<void(Played)> done) {
    {
        const std::lock_guard lock(mutex_);
        if (orders_.size() < options_.waiting) {
            orders_.push_back({prompt, times, std::move(done)});
            stirred_.notify_all();
            return;
        }
    }
    ++counters_.failed;
    if (done) done(Played::failed);
}

void Talker::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        stirred_.wait(lock, [this] { return stop_ || !orders_.empty(); });
        if (stop_) return;
        const Order order = std::move(orders_.front());
        orders_.pop_front();
        lock.unlock();
        const Played outcome = carry_out(order);
        report(outcome);
        if (order.done) order.done(outcome);
        lock.lock();
    }
}

Played Talker::carry_out(const Order& order) {
    const auto found = options_.sounds.find(order.prompt);
    if (found == options_.sounds.end()) return Played::no_device;
    const int volume = volume_at(options_.loudness, clock_.read().wall, options_.utc_offset);
    if (volume <= 0) return Played::silent;
    const Sound sound = at_volume(found->second, volume);
    for (int i = 0; i < order.times; ++i) {
        if (i > 0) {
            std::unique_lock lock(mutex_);
            stirred_.wait_for(lock, options_.pause, [this] { return stop_.load(); });
        }
        if (stop_) return Played::failed;
        const Played outcome = output_.play(sound, stop_);
        if (outcome != Played::played) return outcome;
    }
    return Played::played;
}

void Talker::report(Played outcome) {
    if (outcome == Played::played) {
        ++counters_.played;
        complained_ = false;
    } else if (outcome == Played::no_device) {
        ++counters_.no_device;
        if (!std::exchange(complained_, true)) {
            log::warn("speaker_absent", {{"effect", "people phone instead"},
                                         {"remedy", "look at [self_check] speaker, try aplay -L"}});
        }
    } else if (outcome == Played::failed) {
        ++counters_.failed;
        log::warn("speaker_failed", {{"effect", "people phone instead"}});
    }
}

result<std::map<Prompt, Sound>> load_sounds(const std::string& folder,
                                            const std::string& language) {
    const std::string path = folder + "/self_check." + language + ".wav";
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (!file || !(content << file.rdbuf())) {
        return Error{"cannot read a sentence that is to be spoken", path,
                     "install the sounds, or correct [self_check] sounds_dir"};
    }
    auto sound = parse_wave(content.str());
    if (!sound) return Error{sound.error().what, path, sound.error().remedy};
    std::map<Prompt, Sound> out;
    out.emplace(Prompt::self_check, std::move(*sound));
    return result<std::map<Prompt, Sound>>{boost::system::in_place_value, std::move(out)};
}

}  // namespace anju::voice
