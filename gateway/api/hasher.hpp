// One thread for what is slow on purpose (access/password.hpp), so that the loop goes on deciding.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace anju::api {

class Hasher {
public:
    /// So many logins may wait; at a tenth of a second each the last one waits two.
    static constexpr std::size_t most = 16;

    Hasher();
    ~Hasher();  ///< finishes what has begun; what waits is dropped
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    /// Has `work` done on the thread, one after another. False: too many wait. Any thread.
    [[nodiscard]] bool run(std::function<void()> work);

private:
    void loop();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::thread thread_;  ///< last: it uses the others
};

}  // namespace anju::api
