#include "access/ending.hpp"

namespace anju::access {

std::string_view name(Ending why) {
    switch (why) {
        case Ending::over:
            return "session_over";
        case Ending::logged_out:
            return "logged_out";
        case Ending::account_changed:
            return "account_changed";
        case Ending::password_changed:
            return "password_changed";
        case Ending::crowded_out:
            return "too_many_sessions";
    }
    return "session_over";
}

}  // namespace anju::access
