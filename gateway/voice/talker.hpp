// A Speaker on a thread of its own: loudspeakers make whoever writes to them wait.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "runtime/clock.hpp"
#include "voice/loudness.hpp"
#include "voice/speaker.hpp"

namespace anju::voice {

class Talker final : public Speaker {
public:
    struct Options {
        std::map<Prompt, Sound> sounds;
        Loudness loudness;
        Duration utc_offset = std::chrono::hours{8};
        std::chrono::milliseconds pause{1'500};  ///< between two of `times`
        std::size_t waiting = 4;                 ///< further ones are refused
    };
    struct Counters {
        std::atomic<std::uint64_t> played{};
        std::atomic<std::uint64_t> failed{};
        std::atomic<std::uint64_t> no_device{};
    };

    /// Both references must outlive it. `clock` is read for the quiet hours only.
    Talker(Options options, SoundOutput& output, const Clock& clock);
    ~Talker() override;  ///< stops in the middle of a word; what waits has failed
    Talker(const Talker&) = delete;
    Talker& operator=(const Talker&) = delete;

    void say(Prompt prompt, int times, std::function<void(Played)> done) override;
    [[nodiscard]] const Counters& counters() const { return counters_; }

private:
    struct Order {
        Prompt prompt{};
        int times{};
        std::function<void(Played)> done;
    };
    void run();
    [[nodiscard]] Played carry_out(const Order& order);
    void report(Played outcome);

    Options options_;
    SoundOutput& output_;
    const Clock& clock_;
    Counters counters_;
    std::mutex mutex_;
    std::condition_variable stirred_;
    std::deque<Order> orders_;
    std::atomic<bool> stop_{false};
    bool complained_ = false;  ///< of a device that is not there; once until one is
    std::thread thread_;
};

/// The sounds of `language` ("zh", "en") in `folder`: self_check.zh.wav.
[[nodiscard]] result<std::map<Prompt, Sound>> load_sounds(const std::string& folder,
                                                          const std::string& language);

}  // namespace anju::voice
