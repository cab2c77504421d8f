// The loop of the daemon: one thread, fed by post(), timers and signals. Asio stays inside.
#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace anju {

class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Runs handlers on the calling thread until stop().
    void run();
    void stop();  ///< any thread

    void post(std::function<void()> work);  ///< any thread

    /// `handler` runs on the loop for each of these signals.
    void on_signals(std::initializer_list<int> signals, std::function<void(int)> handler);

    /// `handler` runs when an alarm set by wake_in() goes off. One alarm: setting it again
    /// replaces it.
    class Alarm {
    public:
        Alarm(Loop& loop, std::function<void()> handler);
        ~Alarm();
        Alarm(const Alarm&) = delete;
        Alarm& operator=(const Alarm&) = delete;
        void wake_in(std::chrono::nanoseconds delay);  ///< loop thread

    private:
        struct Impl;
        std::shared_ptr<Impl> impl_;
    };

    boost::asio::io_context& context();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju
