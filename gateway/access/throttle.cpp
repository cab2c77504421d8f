#include "access/throttle.hpp"

#include <algorithm>

#include "access/characters.hpp"
#include "access/secret.hpp"

namespace anju::access {

using std::chrono::seconds;

namespace {

/// Names come from strangers: whatever their length, a key is 32 bytes.
std::string key_of(std::string_view name) {
    return sha256(lower(name));
}

}  // namespace

seconds Throttle::admit(std::string_view name, const std::string& peer, SteadyTime now) {
    const std::string key = key_of(name);
    seconds left = peers_.wait(peer, now);
    if (left.count() > 0) {
        peers_.asked_too_early(peer, now);
    } else {
        left = names_.wait(key, now);
        if (left.count() > 0 && peers_.failures(peer, now) < options_.clean_below) {
            left = std::min(left, clean_try(key, now));
        }
    }
    if (left.count() > 0) {
        ++turned_away_;
        return left;
    }
    ++admitted_;
    names_.failed(key, now);
    peers_.failed(peer, now);
    return left;
}

seconds Throttle::clean_try(const std::string& key, SteadyTime now) {
    std::erase_if(clean_,
                  [&](const auto& one) { return now - one.second.since >= options_.clean_window; });
    if (!clean_.contains(key) && clean_.size() >= options_.names.keys) {
        return options_.clean_window;
    }
    Clean& clean = clean_[key];
    if (clean.tries == 0) clean.since = now;
    if (clean.tries >= options_.clean_tries) {
        return std::chrono::ceil<seconds>(clean.since + options_.clean_window - now);
    }
    ++clean.tries;
    return seconds{0};
}

void Throttle::succeeded(std::string_view name, const std::string& peer) {
    const std::string key = key_of(name);
    names_.forget(key);
    clean_.erase(key);
    peers_.take_back(peer);
}

void Throttle::undecided(std::string_view name, const std::string& peer) {
    names_.take_back(key_of(name));
    peers_.take_back(peer);
}

}  // namespace anju::access
