#include "http/failures.hpp"

namespace anju::http {

std::chrono::seconds Failures::failed(const std::string& address, SteadyTime now) {
    ++counted_;
    const std::chrono::seconds wait = records_.wait(address, now);
    if (wait.count() > 0) {
        ++turned_away_;
        records_.asked_too_early(address, now);
        return wait;
    }
    records_.failed(address, now);
    return wait;
}

}  // namespace anju::http
