// Erases from the files what a resident did not consent to, step by step between messages.
//
// The journal may have no holes: recovery and replay read on from a checkpoint and must be able to
// tell a missing input from none. So an input with readings of such a device stays in its place as
// an input that says nothing, of no household, at the time of the one before it: how often and when
// the device spoke is gone too. Nobody reads these inputs any more, for the commit that began the
// erasure dropped every older snapshot of the household.
//
// Devices are those that the directory ever had, as far as anything of it is kept: named with the
// erasure, in the snapshots that its commit drops, and in the journal itself, where a home is set
// before its devices speak.
//
// secure_delete overwrites what is deleted. What a file of an earlier version deleted without it is
// reached by writing the file anew, once. At the end the log is emptied: until then it holds old
// pages. Each step is a transaction that says how far it came; a crash repeats at most one step.
#pragma once

#include <cstdint>
#include <optional>

#include "store/database.hpp"
#include "store/meta.hpp"
#include "store/rows.hpp"
#include "store/state.hpp"

namespace anju::store {

/// Adds the devices of the erasure's kind that a home had at some time, and their addresses.
void add(Erasure& what, const Household& home);

class Eraser {
public:
    Eraser(Database& db, Meta& meta);

    /// The oldest erasure that is not finished.
    [[nodiscard]] std::optional<StoredErasure> pending();
    /// One step of looking through journal and rejected messages. False: nothing is left there.
    bool sweep(StoredErasure& erasure, State& state);
    /// The file was never written without overwriting.
    [[nodiscard]] bool overwrites();
    /// Writes the whole file anew. Takes as long as that takes, and twice its room.
    void rewrite();
    /// The files hold nothing of it any more.
    void finish(StoredErasure& erasure, Instant now);

private:
    void sweep_journal(StoredErasure& erasure);
    void sweep_rejected(StoredErasure& erasure, State& state);

    Database& db_;
    Meta& meta_;
    Statement pending_;
    Statement rows_;
    Statement before_;
    Statement blank_;
    Statement save_;
};

}  // namespace anju::store
