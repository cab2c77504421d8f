// The other end of HTTP for tests: a service that keeps what it is told and answers as it is told
// to, and a client of one request. Plain HTTP/1.1 on 127.0.0.1, one exchange a connection.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace anju::test {

class HttpPeer {
public:
    struct Heard {
        std::string method;
        std::string path;
        std::map<std::string, std::string> fields;  ///< names in small letters
        std::string body;
    };

    /// Listens at once, on a free port, and answers 200.
    HttpPeer();
    ~HttpPeer();
    HttpPeer(const HttpPeer&) = delete;
    HttpPeer& operator=(const HttpPeer&) = delete;

    void answer(unsigned status, std::string body = "");
    /// Takes what it is told and never answers, until answer() is called.
    void fall_silent();
    /// Nobody listens on the port any more; what is under way is cut off.
    void close();
    /// Listens again on the same port. Throws std::runtime_error when somebody took it.
    void open();

    [[nodiscard]] std::string url(const std::string& path) const;
    /// Everything that was heard in full, in order.
    [[nodiscard]] std::vector<Heard> heard() const;
    /// Whether something that `is_it` accepts was heard, now or within `limit`.
    [[nodiscard]] bool hears(const std::function<bool(const Heard&)>& is_it,
                             std::chrono::milliseconds limit = std::chrono::seconds{20}) const;

private:
    void serve(int listener);
    void exchange(int one);

    std::uint16_t port_ = 0;
    int listener_ = -1;
    std::thread thread_;
    std::atomic<bool> closing_ = false;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<Heard> heard_;  // by mutex_, as is the rest
    unsigned status_ = 200;
    std::string body_;
    bool silent_ = false;
};

struct HttpSaid {
    unsigned status = 0;  ///< 0: nobody listens, or no answer
    std::string head;
    std::string body;
};

/// "http://127.0.0.1:PORT/PATH" only. `host` is the Host field.
[[nodiscard]] HttpSaid http(const std::string& method, const std::string& url,
                            const std::string& body = "", const std::string& host = "box");

}  // namespace anju::test
