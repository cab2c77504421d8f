#include "tests/simulation/sqlite_store.hpp"

#include <stdlib.h>

#include <filesystem>
#include <random>
#include <stdexcept>
#include <utility>

#include "store/sqlite_journal.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::whole {

namespace {

namespace fs = std::filesystem;

/// In memory where the system has such a place: nothing is ever really synced anyhow.
fs::path new_folder() {
    std::error_code none;
    const fs::path base =
        fs::is_directory("/dev/shm", none) ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string name = (base / "anju-whole-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a store");
    return name;
}

class SqliteStore final : public StoreUnderTest {
public:
    explicit SqliteStore(const Fate& fate)
        : fate_(fate), chance_(fate.seed), folder_(new_folder()) {}
    ~SqliteStore() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    std::unique_ptr<Journal> open(Instant now, std::function<bool()> moment) override {
        disk_ = std::make_unique<test::FaultVfs>();
        disk_->adopt(folder_);
        image_.reset();
        disk_->before_change = [this, moment = std::move(moment)] {
            if (image_ || !moment()) return;
            image_ = disk_->image();
            disk_->fail_writes = disk_->fail_syncs = true;  // nothing of it happens any more
        };
        store::Options options;
        options.data_dir = folder_;
        options.vfs = disk_->name();
        options.ballast_bytes = 0;
        options.keep_readings = std::chrono::floor<std::chrono::hours>(fate_.keep_readings);
        options.keep_acknowledged = std::chrono::floor<std::chrono::hours>(fate_.keep_acknowledged);
        auto journal = store::SqliteJournal::open(options, now, 0x12345);
        if (!journal) return nullptr;
        disk_->folder_synced();  // the last thing that an opening does
        return std::move(*journal);
    }
    void died(bool power) override {
        if (power) {
            const test::DiskImage image = image_ ? std::move(*image_) : disk_->image();
            fs::remove_all(folder_);
            fs::create_directory(folder_);
            image.settle(folder_, chance_);
        }
        disk_.reset();
    }

private:
    const Fate& fate_;
    std::mt19937_64 chance_;
    fs::path folder_;
    std::unique_ptr<test::FaultVfs> disk_;
    std::optional<test::DiskImage> image_;  ///< at the moment of death
};

}  // namespace

std::unique_ptr<StoreUnderTest> sqlite_store(const Fate& fate) {
    return std::make_unique<SqliteStore>(fate);
}

}  // namespace anju::whole
