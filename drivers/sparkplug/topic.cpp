#include "drivers/sparkplug/topic.hpp"

#include <algorithm>
#include <array>

namespace anju::drivers::sparkplug {
namespace {

constexpr std::size_t max_name_bytes = 256;

struct Word {
    std::string_view text;
    Verb verb;
    std::size_t levels;  ///< of the topic
};

constexpr Word words[] = {
    {"NBIRTH", Verb::birth, 4}, {"NDATA", Verb::data, 4},   {"NDEATH", Verb::death, 4},
    {"NCMD", Verb::ignored, 4}, {"DBIRTH", Verb::birth, 5}, {"DDATA", Verb::data, 5},
    {"DDEATH", Verb::death, 5}, {"DCMD", Verb::ignored, 5},
};

}  // namespace

std::optional<Topic> parse_topic(std::string_view topic) {
    std::array<std::string_view, 5> levels{};
    std::size_t count = 0;
    for (std::size_t begin = 0; begin <= topic.size(); ++count) {
        if (count == levels.size()) return std::nullopt;
        const std::size_t end = std::min(topic.find('/', begin), topic.size());
        levels[count] = topic.substr(begin, end - begin);
        if (levels[count].empty() || levels[count].size() > max_name_bytes) return std::nullopt;
        begin = end + 1;
    }
    if (levels[0] != "spBv1.0") return std::nullopt;
    if (levels[1] == "STATE") return Topic{};
    const auto* word = std::find_if(std::begin(words), std::end(words),
                                    [&](const Word& one) { return one.text == levels[2]; });
    if (word == std::end(words) || word->levels != count) return std::nullopt;
    Topic out;
    out.verb = word->verb;
    out.node = std::string(levels[1]) + "/" + std::string(levels[3]);
    out.device = levels[4];
    return out;
}

}  // namespace anju::drivers::sparkplug
