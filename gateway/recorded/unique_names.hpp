// Names that are all different and fit.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace anju::recorded {

class UniqueNames {
public:
    /// `longest`: bytes of a name, at least 8.
    explicit UniqueNames(std::size_t longest) : longest_(longest) {}

    /// `wanted`, cut to what fits; the second of a name ends in "-2", and so on.
    std::string give(const std::string& wanted) {
        std::string out = wanted.substr(0, longest_);
        if (given_.insert(out).second) return out;
        // A thousand of a name: each goes on where the one before found a free number.
        int& number = next_.try_emplace(out, 2).first->second;
        const std::string stem = out;
        do {
            const std::string end = "-" + std::to_string(number++);
            out = stem.substr(0, longest_ - end.size()) + end;
        } while (!given_.insert(out).second);
        return out;
    }

private:
    std::size_t longest_;
    std::set<std::string> given_;
    std::map<std::string, int> next_;  ///< by the name that is taken
};

}  // namespace anju::recorded
