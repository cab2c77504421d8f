// Out of the corners that one or two residents at a time do not lead out of: a few are taken out
// together and put back in another order, over and over (ruin and recreate: Schrimpf, Schneider,
// Stamm-Wilbrandt, Dueck 2000). Who they are follows from a fixed sequence of numbers, so it is the
// same everywhere.
#include <algorithm>

#include "core/care/rounds_search.hpp"

namespace anju::care::rounds {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// SplitMix64 (Steele, Lea, Flood 2014), from a constant.
class Sequence {
public:
    /// 0 <= result < below.
    std::size_t next(std::size_t below) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return static_cast<std::size_t>((z ^ (z >> 31U)) % below);
    }

private:
    std::uint64_t state_ = 1;
};

}  // namespace

void Search::shuffle(const std::vector<int>& group) {
    const Cost before = cost();
    std::vector<Contacts> was;
    for (const int person : group) {
        was.push_back(take(person));
        put(person, {});
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        put(group[i], best(group[i], was[i], Effort::thorough));
    }
    if (cost() > before) {
        for (const int person : group) take(person);
        for (std::size_t i = 0; i < group.size(); ++i) put(group[i], std::move(was[i]));
        return;
    }
    // As good is good enough: it may lead on.
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (was[i] != placed_[at(group[i])]) touch(was[i], placed_[at(group[i])]);
    }
}

void Search::shuffle() {
    std::vector<int> lacking;
    for (int person = 0; person < static_cast<int>(placed_.size()); ++person) {
        if (wanting(person)) lacking.push_back(person);
    }
    // What is only soft is not worth a change of a plan that people have seen.
    if (placed_.empty() || (lacking.empty() && has_former())) return;
    Sequence sequence;
    const auto residents = static_cast<int>(std::min<std::size_t>(placed_.size(), 1'000'000));
    const int times =
        std::min(means.shuffles + means.shuffles_each * residents, means.shuffles_at_most);
    for (int i = 0; i < times; ++i) {
        const bool any = lacking.empty() || (i % 2 == 1 && !has_former());
        const int pivot = any ? static_cast<int>(sequence.next(placed_.size()))
                              : lacking[sequence.next(lacking.size())];
        std::vector<int> group = neighbours(pivot, week_.persons[at(pivot)].open);
        const std::size_t others = std::min(group.size(), 1 + sequence.next(4));
        for (std::size_t j = 0; j < others; ++j) {
            std::swap(group[j], group[j + sequence.next(group.size() - j)]);
        }
        group.resize(others);
        group.insert(group.begin() + static_cast<std::ptrdiff_t>(sequence.next(others + 1)), pivot);
        shuffle(group);
    }
}

}  // namespace anju::care::rounds
