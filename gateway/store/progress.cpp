#include "store/progress.hpp"

#include <sqlite3.h>

#include "store/files.hpp"

namespace anju::store {
namespace {

constexpr std::chrono::seconds told_every{1};
constexpr int operations = 20'000;  // of SQLite's machine: milliseconds, on a slow board too

}  // namespace

void ProgressTeller::begin(Work work) {
    now_ = {work, size_of(database_)};
    tell();
}

void ProgressTeller::got_on() {
    if (tell_ && std::chrono::steady_clock::now() - told_ >= told_every) tell();
}

void ProgressTeller::tell() {
    told_ = std::chrono::steady_clock::now();
    if (tell_) tell_(now_);
}

ProgressTeller::Watch::Watch(ProgressTeller& teller, Database& db) : db_(db) {
    sqlite3_progress_handler(
        db.handle(), operations,
        [](void* told) {
            static_cast<ProgressTeller*>(told)->got_on();
            return 0;
        },
        &teller);
}

ProgressTeller::Watch::~Watch() {
    sqlite3_progress_handler(db_.handle(), 0, nullptr, nullptr);
}

}  // namespace anju::store
