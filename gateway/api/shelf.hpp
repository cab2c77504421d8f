// Answers that take long to work out, for whoever asks for the same within a minute: pressing a
// button again and again costs one reading of the store.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/clock.hpp"

namespace anju::api {

/// Loop thread. `T` is copied to whoever takes it.
template <class T>
class Shelf : public std::enable_shared_from_this<Shelf<T>> {
public:
    using Take = std::function<void(T)>;
    struct Options {
        std::function<SteadyTime()> now;
        /// Whether it may be given to whoever asks later; a refusal is not.
        std::function<bool(const T&)> is_good;
        std::chrono::seconds fresh{60};
        std::size_t most = 8;  ///< answers kept; beyond that they are handed over and forgotten
    };
    explicit Shelf(Options options) : options_(std::move(options)) {}

    /// Hands `take` what is kept under `key`, or what others wait for already, or has `start` begin
    /// to work it out. Those who wait are bounded by the connections they came by.
    void ask(const std::string& key, const std::function<void(Take)>& start, Take take) {
        std::erase_if(kept_, [now = options_.now(), this](const auto& entry) {
            return entry.second.first + options_.fresh <= now;
        });
        if (const auto found = kept_.find(key); found != kept_.end()) {
            return take(found->second.second);
        }
        const auto [waiting, is_new] = waiting_.try_emplace(key);
        waiting->second.push_back(std::move(take));
        if (!is_new) return;
        start([self = this->shared_from_this(), key](T made) { self->made(key, made); });
    }

private:
    void made(const std::string& key, const T& what) {
        const std::vector<Take> served = std::move(waiting_.at(key));
        waiting_.erase(key);
        if (options_.is_good(what) && kept_.size() < options_.most) {
            kept_.emplace(key, std::pair{options_.now(), what});
        }
        for (const Take& take : served) take(what);
    }

    Options options_;
    std::map<std::string, std::pair<SteadyTime, T>> kept_;
    std::map<std::string, std::vector<Take>> waiting_;
};

}  // namespace anju::api
