// What a home can tell about contacts with its resident: whether a visit was seen at the door, and
// when it is good to call.
#include <algorithm>

#include "core/engine/household_state.hpp"
#include "core/engine/listening.hpp"

namespace anju {
namespace {

/// Around the beginning and the end of a visit somebody passes the door. People note times by
/// heart.
constexpr Duration around = std::chrono::minutes{15};

/// Whoever sits at home by day gives half of all signs of life within an hour.
constexpr double half = 0.5;
constexpr Duration soon = std::chrono::hours{1};
/// Calls at other hours are out of the question for anybody.
constexpr int first_hour = 6;
constexpr int last_hour = 22;

}  // namespace

Corroboration HouseholdState::corroborate(Instant start, Instant end) const {
    bool heard = false;
    bool doubtful = false;
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        if (!home_.entrance(i)) continue;
        const bool spoke_since = home_.devices[i].silence.last_heard() >= end;
        (is_trusted(home_, i) && spoke_since ? heard : doubtful) = true;
    }
    if (home_.door_uses.any(start - around, start + around) ||
        home_.door_uses.any(end - around, end + around)) {
        return Corroboration::agrees;
    }
    // Without a length it is not known when it was, only when it was recorded.
    if (start == end) return Corroboration::none;
    // "Not used" is said only if every entrance was heard, and nothing of that time is forgotten.
    const bool remembered =
        home_.door_uses.complete_since() <= start - around && home_.set_at <= start - around;
    return heard && !doubtful && remembered ? Corroboration::disagrees : Corroboration::none;
}

std::vector<Window> HouseholdState::up_and_at_home(Instant now, Voice voice) const {
    if (!home_.watched() || !is_personal(home_, now) || now < home_.last_sign_of_life) return {};
    detect::Listening heard = listening(home_, now, voice.utc_offset);
    heard.after = nullptr;
    if (heard.share <= 0 && !heard.by_the_hour) return {};
    const Date monday = monday_of(date_of(now, voice.utc_offset));  // as on a working day
    std::vector<Window> windows;
    for (int hour = first_hour; hour < last_hour; ++hour) {
        const Duration from = std::chrono::hours{hour};
        const Duration to = from + std::chrono::hours{1};
        const Instant begins = instant_at(monday, from, voice.utc_offset);
        if (home_.inactivity.usual(begins, half, heard) > soon) continue;
        if (!windows.empty() && windows.back().to == from) {
            windows.back().to = to;
        } else {
            windows.push_back({from, to});
        }
    }
    return windows;
}

}  // namespace anju
