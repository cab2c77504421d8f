#include "access/refused.hpp"

namespace anju::access {

std::string_view code(Reason reason) {
    switch (reason) {
        case Reason::failed:
            return "storage_failed";
        case Reason::bad_name:
            return "bad_name";
        case Reason::name_taken:
            return "name_taken";
        case Reason::bad_shown:
            return "bad_shown";
        case Reason::bad_scope:
            return "bad_scope";
        case Reason::bad_worker:
            return "bad_worker";
        case Reason::worker_taken:
            return "worker_taken";
        case Reason::too_many:
            return "too_many_accounts";
        case Reason::unknown:
            return "no_such_account";
        case Reason::last_operator:
            return "last_operator";
        case Reason::not_first:
            return "setup_is_over";
        case Reason::changed:
            return "changed_meanwhile";
    }
    return "storage_failed";
}

}  // namespace anju::access
