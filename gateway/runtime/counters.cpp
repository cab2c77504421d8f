// The names of the counters, as status and logs show them.
#include "runtime/counters.hpp"

namespace anju {

std::string_view name(Counter counter) {
    switch (counter) {
        case Counter::messages:
            return "messages";
        case Counter::readings:
            return "readings";
        case Counter::alarms:
            return "alarms";
        case Counter::duplicates:
            return "duplicates";
        case Counter::unknown_device:
            return "unknown_device";
        case Counter::ignored_device:
            return "ignored_device";
        case Counter::no_driver:
            return "no_driver";
        case Counter::malformed:
            return "malformed";
        case Counter::bad_property:
            return "bad_property";
        case Counter::oversize:
            return "oversize";
        case Counter::refused:
            return "refused";
        case Counter::inbox_full:
            return "inbox_full";
        case Counter::low_space:
            return "low_space";
        case Counter::commits:
            return "commits";
        case Counter::decisions:
            return "decisions";
        case Counter::alerts_raised:
            return "alerts_raised";
        case Counter::commands:
            return "commands";
        case Counter::command_repeats:
            return "command_repeats";
        case Counter::bad_commands:
            return "bad_commands";
        case Counter::bad_acks:
            return "bad_acks";
        case Counter::clock_steps:
            return "clock_steps";
        case Counter::outages:
            return "outages";
        case Counter::without_consent:
            return "without_consent";
        case Counter::count_:
            break;
    }
    return "";
}

}  // namespace anju
