#include "mqtt/lookup.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace anju::mqtt {

namespace {

struct Span {
    std::size_t begin;
    std::size_t end;
};

/// Where the host stands in `uri`, brackets included.
Span host_span(const std::string& uri) {
    const auto scheme = uri.find("://");
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    if (begin < uri.size() && uri[begin] == '[') {
        const auto close = uri.find(']', begin);
        return {begin, close == std::string::npos ? uri.size() : close + 1};
    }
    return {begin, std::min(uri.find_first_of(":/", begin), uri.size())};
}

struct Answer {
    int code = 0;
    std::string reason;
    std::string address;
};

Answer ask(const std::string& host, int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* found = nullptr;
    Answer answer;
    answer.code = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (answer.code != 0) {
        answer.reason = answer.code == EAI_SYSTEM ? std::generic_category().message(errno)
                                                  : ::gai_strerror(answer.code);
        return answer;
    }
    const addrinfo* best = found;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        if (one->ai_family != AF_INET) continue;
        best = one;
        break;
    }
    char text[NI_MAXHOST] = {};
    answer.code = ::getnameinfo(best->ai_addr, best->ai_addrlen, text, sizeof text, nullptr, 0,
                                NI_NUMERICHOST);
    if (answer.code == 0) answer.address = text;
    ::freeaddrinfo(found);
    if (answer.code != 0) answer.reason = ::gai_strerror(answer.code);
    return answer;
}

Error unknown(const std::string& host, const std::string& reason) {
    return {"cannot find the address of '" + host + "': " + reason +
                " (is the name right, does this box reach its DNS server?)",
            host,
            {}};
}

}  // namespace

std::string host_of(const std::string& uri) {
    const auto [begin, end] = host_span(uri);
    auto host = uri.substr(begin, end - begin);
    if (host.size() >= 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    return host;
}

std::string with_host(const std::string& uri, const std::string& address) {
    const auto [begin, end] = host_span(uri);
    const bool six = address.find(':') != std::string::npos;
    return uri.substr(0, begin) + (six ? "[" + address + "]" : address) + uri.substr(end);
}

struct Lookup::Question {
    std::string host;
    std::mutex mutex;
    std::condition_variable_any answered;
    std::optional<Answer> answer;
};

result<std::string> Lookup::find(const std::string& host, std::stop_token stop,
                                 std::chrono::milliseconds limit) {
    if (auto numeric = ask(host, AI_NUMERICHOST); numeric.code == 0)
        return result<std::string>{boost::system::in_place_value, std::move(numeric.address)};
    if (!pending_ || pending_->host != host) {
        auto question = std::make_shared<Question>();
        question->host = host;
        try {
            std::thread([question] {
                auto answer = ask(question->host, 0);
                const std::lock_guard lock(question->mutex);
                question->answer = std::move(answer);
                question->answered.notify_all();
            }).detach();
        } catch (const std::system_error& failure) {
            return unknown(host, failure.what());
        }
        pending_ = std::move(question);
    }
    std::unique_lock lock(pending_->mutex);
    if (!pending_->answered.wait_for(lock, std::move(stop), limit,
                                     [this] { return pending_->answer.has_value(); })) {
        return unknown(host, "no answer in time");
    }
    auto answer = std::move(*pending_->answer);
    lock.unlock();
    pending_.reset();
    if (answer.code != 0) return unknown(host, answer.reason);
    return result<std::string>{boost::system::in_place_value, std::move(answer.address)};
}

}  // namespace anju::mqtt
