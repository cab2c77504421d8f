#include "app/replay/trace_row.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

#include "core/detect/meter.hpp"

namespace anju::replay {

namespace {

constexpr std::int64_t gone = -1;

struct Meter {
    detect::MeterRegister counted;
    std::optional<TraceRow> newest;       ///< as it was told
    std::optional<std::size_t> believed;  ///< row of the newest register that is
    std::optional<std::size_t> doubted;   ///< row of one that waits for another like it
};

class Drawing {
public:
    explicit Drawing(std::vector<TraceRow>& rows) : rows_(rows) {}

    std::uint64_t run() {
        for (const TraceRow& row : rows_) {
            if (row.is_register) meters_.try_emplace(row.sensor);
        }
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            TraceRow& row = rows_[i];
            const auto meter = meters_.find(row.sensor);
            if (meter == meters_.end() || std::strcmp(row.kind, "water") != 0) continue;
            row.is_register ? count(meter->second, i) : void(row.milli = gone);
        }
        return std::erase_if(rows_, [](const TraceRow& row) { return row.milli == gone; });
    }

private:
    void count(Meter& meter, std::size_t i) {
        TraceRow& row = rows_[i];
        const TraceRow told = row;
        row.is_register = false;
        row.milli = gone;
        const bool again =
            meter.newest && meter.newest->at == told.at && meter.newest->milli == told.milli;
        if (again || told.milli < 0) return;
        meter.newest = told;
        const auto step = meter.counted.observe(told.milli, told.at);
        if (step.doubted) {
            meter.doubted = i;
            return;
        }
        if (step.drawn_earlier < 0 && meter.believed) {
            std::int64_t& before = rows_[*meter.believed].milli;
            if (before != gone) before = std::max<std::int64_t>(before + step.drawn_earlier, 0);
        }
        if (step.drawn_earlier > 0 && meter.doubted) {
            rows_[*meter.doubted].milli = step.drawn_earlier;
        }
        meter.doubted.reset();
        meter.believed = i;
        // From where on is not known: nothing can be said of what was drawn until then.
        if (!step.new_start) row.milli = step.drawn;
    }

    std::vector<TraceRow>& rows_;
    std::map<std::uint32_t, Meter> meters_;
};

}  // namespace

std::uint64_t draw_water(std::vector<TraceRow>& rows) {
    return Drawing(rows).run();
}

}  // namespace anju::replay
