// The people behind the platform: deal with every alert they hear of, some late, some never, and
// repeat an order until it is answered, as the protocol says.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "anju/v1/command.pb.h"
#include "tests/simulation/chronicle.hpp"
#include "tests/simulation/platform.hpp"

namespace anju::whole {

class Operators {
public:
    /// All must outlive it.
    Operators(World& world, const Weather& weather, Platform& platform, Chronicle& chronicle,
              std::uint64_t seed);

    void heard(const v1::DistrictEvent& event);
    /// The box knows nothing of what it has answered: an answer may be another the next time.
    void store_lost();
    /// Nobody gives a new order any more.
    void hush() { hushed_ = true; }
    /// At the end of a long calm: every order was answered.
    void close_books() const;

private:
    struct Order {
        std::string bytes;
        Instant given{};
        bool answered = false;
        int status{};
        bool may_differ = false;
    };
    void deal_with(const std::string& alert, bool urgent);
    void give(const std::string& alert, v1::AlertAction::Verb verb);
    void repeat(const std::string& id);

    World& world_;
    const Weather& weather_;
    Platform& platform_;
    Chronicle& chronicle_;
    sim::Random dice_;
    std::set<std::string> known_;
    std::map<std::string, Order> orders_;
    bool hushed_ = false;
};

}  // namespace anju::whole
