#include "store/quarantine.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <vector>

namespace anju::store {

namespace fs = std::filesystem;

namespace {

/// Oldest first.
std::vector<fs::path> existing(const Files& files) {
    std::vector<fs::path> out;
    std::error_code absent;
    if (fs::is_symlink(files.quarantine(), absent)) return out;  // what lies there is not ours
    for (const auto& entry : fs::directory_iterator(files.quarantine(), absent)) {
        out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

unsigned number_of(const fs::path& folder) {
    unsigned number = 0;
    std::sscanf(folder.filename().c_str(), "%u-", &number);
    return number;
}

std::string timestamp(Instant now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(now - day));
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(time.hours().count()),
                  int(time.minutes().count()), int(time.seconds().count()));
    return text.data();
}

}  // namespace

std::string quarantine_name(const Files& files, Instant now) {
    const std::vector<fs::path> before = existing(files);
    const unsigned number = before.empty() ? 1 : number_of(before.back()) + 1;
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04u-", number);
    return text.data() + timestamp(now);
}

void quarantine(const Files& files, const std::string& name) {
    quarantine(files, files.database(), name);
}

void quarantine(const Files& files, const fs::path& database, const std::string& name,
                const Step& step) {
    const fs::path folder = files.quarantine() / name;
    fs::create_directories(folder);
    // The database goes first: without it the next start knows that the rebuilt one is complete.
    for (const fs::path& file : {database, wal_of(database), shm_of(database)}) {
        if (!fs::exists(file)) continue;
        if (step) step("set aside");
        fs::rename(file, folder / file.filename());
    }
    sync_folder(folder);
    sync_folder(files.quarantine());
    sync_folder(files.folder);
    while (existing(files).size() > quarantines_kept && drop_oldest_quarantine(files)) {}
}

bool drop_oldest_quarantine(const Files& files) {
    const std::vector<fs::path> all = existing(files);
    if (all.empty()) return false;
    std::error_code failed;
    fs::remove_all(all.front(), failed);
    return !failed;
}

std::vector<fs::path> copies(const Files& files) {
    std::vector<fs::path> out;
    std::vector<fs::path> backups;
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(files.backups(), absent)) {
        const fs::path& file = entry.path();
        if (file.extension() == ".part" || file.filename() == "work") out.push_back(file);
        if (file.extension() == ".backup") backups.push_back(file);
    }
    const std::vector<fs::path> quarantines = existing(files);
    out.insert(out.end(), quarantines.begin(), quarantines.end());
    std::sort(backups.begin(), backups.end());
    out.insert(out.end(), backups.begin(), backups.end());
    return out;
}

namespace {

GivenUp give_up(const fs::path& copy) {
    std::error_code failed;
    fs::remove_all(copy, failed);
    return {copy, failed ? failed.message() : std::string{}};
}

}  // namespace

std::string text_of(const GivenUp& what) {
    if (what.failed.empty()) return "the disk was full: " + what.copy.string() + " was deleted";
    return "the disk was full, and " + what.copy.string() + " could not be deleted: " + what.failed;
}

std::vector<GivenUp> give_up_copy(const Files& files) {
    std::vector<GivenUp> out;
    for (const fs::path& copy : copies(files)) {
        out.push_back(give_up(copy));
        if (out.back().failed.empty()) break;
    }
    return out;
}

std::vector<GivenUp> drop_copies(const Files& files) {
    std::vector<GivenUp> out;
    std::vector<fs::path> all = copies(files);
    all.push_back(files.restoring());
    for (const fs::path& copy : all) {
        GivenUp done = give_up(copy);
        if (!done.failed.empty()) out.push_back(std::move(done));
    }
    // The folders themselves may be where a disk is mounted, and stay.
    for (const fs::path& folder : {files.quarantine(), files.backups()}) {
        std::error_code ignored;
        if (out.empty()) fs::remove_all(folder, ignored);
    }
    return out;
}

}  // namespace anju::store
