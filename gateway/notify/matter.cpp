// The words of notices.
#include "notify/matter.hpp"

#include "notify/names.hpp"

namespace anju::notify {
namespace {

using texts::Language;

struct Style {
    Language language{};
    bool full{};
};

std::string resident(const Scene& scene, Style style) {
    if (scene.resident_name.empty()) return std::string(texts::nobody.in(style.language));
    return style.full ? scene.resident_name : masked_name(scene.resident_name);
}

std::string place(const Scene& scene) {
    return scene.community_name.empty() ? scene.community : scene.community_name;
}

void add_line(std::string& text, const std::string& line) {
    if (line.empty()) return;
    text += (text.empty() ? "" : "\n") + line;
}

/// "【安居·危急】烟雾报警 王** 阳光社区" / "[Anju CRITICAL] smoke alarm, 王**, 阳光社区"
std::string title(const Matter& matter, Style style) {
    const bool zh = style.language == Language::zh;
    const std::string level(texts::priority(matter.priority).in(style.language));
    const std::string product(texts::product.in(style.language));
    const std::string mark(matter.drill() == Drill::none ? "" : texts::drill.in(style.language));
    std::string out = zh ? "【" + product + (mark.empty() ? "·" : "·" + mark + "·") + level + "】"
                         : "[" + product + (mark.empty() ? " " : " " + mark + " ") + level + "] ";
    if (matter.topic != NoticeTopic::alert) {
        return out + (zh ? matter.line_zh : matter.line_en);
    }
    const std::string gap = zh ? " " : ", ";
    out += texts::kind(matter.kind).in(style.language);
    if (!matter.channel.empty()) out += gap + matter.channel;
    if (!community_of(matter.unit)) out += gap + resident(matter.scene, style);
    if (const std::string where = place(matter.scene); !where.empty()) out += gap + where;
    return out;
}

std::string lines(const Matter& matter, Style style) {
    std::string out;
    if (matter.topic != NoticeTopic::alert) return out;
    const auto say = [&style](texts::Pair words) { return std::string(words.in(style.language)); };
    if (matter.drill() != Drill::none) add_line(out, say(texts::only_a_drill));
    // A channel is repaired like a device.
    const bool repair = !matter.channel.empty();
    add_line(out, say(texts::request(matter.cause, repair ? Priority::p4 : matter.priority)));
    const bool over = matter.cause == SummonsCause::stood_down;
    if (matter.alert && !over) {
        add_line(out, style.language == Language::zh ? matter.alert->sentence_zh
                                                     : matter.alert->sentence_en);
        if (repair) add_line(out, matter.alert->note);
    }
    if (style.full && !over) {
        const Scene& scene = matter.scene;
        if (!scene.address.empty()) add_line(out, say(texts::where) + scene.address);
        if (!scene.resident_phone.empty()) add_line(out, say(texts::phone) + scene.resident_phone);
    }
    add_line(out, say(texts::number) + matter.subject);
    return out;
}

}  // namespace

NoticeWords words_of(const Matter& matter, const std::vector<Language>& languages, bool full) {
    NoticeWords out;
    for (const Language language : languages) {
        const Style style{language, full};
        const std::string head = title(matter, style);
        if (out.title.empty()) {
            out.title = head;
        } else {
            add_line(out.text, head);
        }
        add_line(out.text, lines(matter, style));
    }
    return out;
}

}  // namespace anju::notify
