// Households are restored lazily, when the journal reaches their checkpoint: an input that
// concerns all of them (a clock step) then touches exactly those that had not yet seen it.
#include "runtime/recovery.hpp"

#include <algorithm>
#include <vector>

#include "core/codec/codec.hpp"

namespace anju {

result<Recovered> recover_engine(Journal& journal, const Recovery& recovery, Engine& engine) {
    std::vector<const Checkpoint*> pending;
    for (const Checkpoint& checkpoint : recovery.checkpoints) pending.push_back(&checkpoint);
    std::sort(pending.begin(), pending.end(), [](const Checkpoint* a, const Checkpoint* b) {
        return a->seq != b->seq ? a->seq > b->seq : a->household > b->household;
    });

    Recovered out;
    const auto restore_through = [&](std::uint64_t seq) {
        for (; !pending.empty() && pending.back()->seq <= seq; pending.pop_back()) {
            if (!engine.restore(pending.back()->bytes)) ++out.unusable;
        }
    };

    Decisions already_stored;
    if (!pending.empty()) {
        const std::uint64_t first = pending.back()->seq;
        restore_through(first);
        const auto read = journal.inputs_after(first, [&](const JournalEntry& entry) {
            restore_through(entry.seq - 1);
            if (const auto input = decode_input(entry.bytes)) {
                engine.apply(entry.at, *input, already_stored);
                ++out.inputs;
            } else {
                ++out.unusable;
            }
            already_stored.clear();
            return true;
        });
        if (!read) return read.error();
        restore_through(recovery.last_input);
    }
    if (recovery.engine_time != Instant{}) engine.advance(recovery.engine_time, already_stored);
    return out;
}

}  // namespace anju
