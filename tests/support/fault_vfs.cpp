#include "tests/support/fault_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <new>

namespace anju::test {

namespace fs = std::filesystem;

struct FaultVfs::Impl {
    FaultVfs* owner{};
    sqlite3_vfs vfs{};
    sqlite3_vfs* real{};
    std::string name;
    std::map<std::string, DiskImage::File> files;
    std::map<std::string, std::uint64_t> sizes;
    std::uint64_t syncs = 0;

    void changing() const {
        if (owner->before_change) owner->before_change();
    }
    [[nodiscard]] std::uint64_t used() const {
        std::uint64_t sum = 0;
        for (const auto& [file, size] : sizes) sum += size;
        return sum;
    }
    /// False when a file may not grow to `size`.
    bool grow(const std::string& file, std::uint64_t size) {
        std::uint64_t& now = sizes[file];
        if (size <= now) return true;
        if (owner->capacity && used() - now + size > owner->capacity()) return false;
        now = size;
        return true;
    }
};

namespace {

constexpr std::uint64_t sector = 512;

/// Lies in front of the real VFS's file in the memory SQLite gives us.
struct FaultFile {
    sqlite3_file base{};
    FaultVfs::Impl* disk{};
    std::string name;  // empty: a temporary file, none of our business
};

FaultFile& self(sqlite3_file* file) {
    return *reinterpret_cast<FaultFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(FaultFile));
}
FaultVfs::Impl& disk(sqlite3_vfs* vfs) {
    return *static_cast<FaultVfs::Impl*>(vfs->pAppData);
}

void apply(std::string& content, const DiskImage::Change& change) {
    if (change.truncate) {
        content.resize(change.offset);
        return;
    }
    const std::uint64_t end = change.offset + change.data.size();
    if (content.size() < end) content.resize(end);
    content.replace(change.offset, change.data.size(), change.data);
}

int file_close(sqlite3_file* file) {
    const int code = real(file)->pMethods->xClose(real(file));
    self(file).~FaultFile();
    return code;
}

int file_read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), data, size, offset);
}

int file_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    FaultFile& me = self(file);
    if (!me.name.empty()) {
        me.disk->changing();
        if (me.disk->owner->fail_writes) return SQLITE_IOERR_WRITE;
        const auto at = static_cast<std::uint64_t>(offset);
        if (!me.disk->grow(me.name, at + static_cast<std::uint64_t>(size))) return SQLITE_FULL;
        me.disk->files[me.name].pending.push_back(
            {false, at,
             std::string(static_cast<const char*>(data), static_cast<std::size_t>(size))});
    }
    return real(file)->pMethods->xWrite(real(file), data, size, offset);
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
    FaultFile& me = self(file);
    if (!me.name.empty()) {
        me.disk->changing();
        if (me.disk->owner->fail_writes) return SQLITE_IOERR_TRUNCATE;
        const auto length = static_cast<std::uint64_t>(size);
        std::uint64_t& now = me.disk->sizes[me.name];
        now = std::min(now, length);
        me.disk->files[me.name].pending.push_back({true, length, {}});
    }
    return real(file)->pMethods->xTruncate(real(file), size);
}

int file_sync(sqlite3_file* file, int) {
    FaultFile& me = self(file);
    if (me.name.empty()) return SQLITE_OK;
    me.disk->changing();
    if (me.disk->owner->fail_syncs) return SQLITE_IOERR_FSYNC;
    ++me.disk->syncs;
    DiskImage::File& image = me.disk->files[me.name];
    if (!image.durable) image.durable.emplace();
    for (const DiskImage::Change& change : image.pending) apply(*image.durable, change);
    image.pending.clear();
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int file_lock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int file_unlock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int file_check_reserved(sqlite3_file* file, int* out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int file_sector_size(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}
int file_characteristics(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods methods = {2,
                                        file_close,
                                        file_read,
                                        file_write,
                                        file_truncate,
                                        file_sync,
                                        file_size,
                                        file_lock,
                                        file_unlock,
                                        file_check_reserved,
                                        file_control,
                                        file_sector_size,
                                        file_characteristics,
                                        shm_map,
                                        shm_lock,
                                        shm_barrier,
                                        shm_unmap,
                                        nullptr,
                                        nullptr};

int vfs_open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags, int* out) {
    FaultVfs::Impl& me = disk(vfs);
    FaultFile* opened = new (file) FaultFile;
    opened->disk = &me;
    constexpr int watched = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    if (path != nullptr && (flags & watched) != 0) opened->name = fs::path(path).filename();
    const int code = me.real->xOpen(me.real, path, real(file), flags, out);
    if (code != SQLITE_OK) {
        opened->~FaultFile();
        file->pMethods = nullptr;
        return code;
    }
    if (!opened->name.empty()) {
        DiskImage::File& image = me.files[opened->name];
        if (image.deleted) image = {};
    }
    opened->base.pMethods = &methods;
    return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    FaultVfs::Impl& me = disk(vfs);
    const std::string name = fs::path(path).filename();
    const auto found = me.files.find(name);
    if (found != me.files.end()) {
        me.changing();
        if (sync_folder != 0) {
            me.files.erase(found);
        } else {
            found->second.deleted = true;
        }
        me.sizes.erase(name);
    }
    return me.real->xDelete(me.real, path, 0);
}

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What became of one write: all of it, a prefix of its sectors, or nothing.
void happen(std::string& content, const DiskImage::Change& change, double kept,
            std::mt19937_64& chance) {
    std::uniform_real_distribution<double> portion(0.0, 1.0);
    if (portion(chance) < kept) {
        apply(content, change);
        return;
    }
    if (change.truncate) return;
    const std::uint64_t end = change.offset + change.data.size();
    if (portion(chance) < 0.5) {
        const std::uint64_t first = change.offset / sector;
        const std::uint64_t sectors = (end + sector - 1) / sector - first;
        const std::uint64_t written = chance() % sectors;
        const std::uint64_t stop = (first + written) * sector;
        if (stop > change.offset) {
            apply(content, {false, change.offset, change.data.substr(0, stop - change.offset)});
        }
    }
    // The length is metadata and may have grown without the data.
    if (content.size() < end && portion(chance) < 0.5) content.resize(end);
}

}  // namespace

void DiskImage::settle(const fs::path& folder, std::mt19937_64& chance) const {
    std::uniform_real_distribution<double> portion(0.0, 1.0);
    for (const auto& [name, file] : files) {
        if (file.deleted && portion(chance) < 0.5) continue;
        if (!file.durable && portion(chance) < 0.3) continue;
        std::string content = file.durable.value_or("");
        const double kept = portion(chance);
        for (const Change& change : file.pending) happen(content, change, kept, chance);
        std::ofstream out(folder / name, std::ios::binary);
        out.write(content.data(), static_cast<std::streamsize>(content.size()));
    }
}

FaultVfs::FaultVfs() : impl_(std::make_unique<Impl>()) {
    static std::atomic<int> count = 0;
    impl_->owner = this;
    impl_->real = sqlite3_vfs_find(nullptr);
    impl_->name = "fault-" + std::to_string(++count);
    impl_->vfs = *impl_->real;
    impl_->vfs.zName = impl_->name.c_str();
    impl_->vfs.pNext = nullptr;
    impl_->vfs.pAppData = impl_.get();
    impl_->vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + impl_->real->szOsFile;
    impl_->vfs.xOpen = vfs_open;
    impl_->vfs.xDelete = vfs_delete;
    // The rest works on names only, but finds its data through the VFS it was made for.
    impl_->vfs.xAccess = [](sqlite3_vfs* vfs, const char* path, int flags, int* out) {
        return disk(vfs).real->xAccess(disk(vfs).real, path, flags, out);
    };
    impl_->vfs.xFullPathname = [](sqlite3_vfs* vfs, const char* path, int size, char* out) {
        return disk(vfs).real->xFullPathname(disk(vfs).real, path, size, out);
    };
    sqlite3_vfs_register(&impl_->vfs, 0);
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&impl_->vfs);
}

const std::string& FaultVfs::name() const {
    return impl_->name;
}

DiskImage FaultVfs::image() const {
    return {impl_->files};
}

void FaultVfs::adopt(const fs::path& folder) {
    impl_->files.clear();
    impl_->sizes.clear();
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string name = entry.path().filename();
        const bool ours = name.starts_with("anju.db") || name.starts_with("console.db");
        if (!ours || name.ends_with("-shm")) continue;
        impl_->files[name].durable = read_file(entry.path());
        impl_->sizes[name] = fs::file_size(entry.path());
    }
}

void FaultVfs::folder_synced() {
    std::erase_if(impl_->files, [](const auto& one) { return one.second.deleted; });
    for (auto& [name, file] : impl_->files) {
        if (!file.durable) file.durable.emplace();
    }
}

std::uint64_t FaultVfs::used_bytes() const {
    return impl_->used();
}

std::uint64_t FaultVfs::syncs() const {
    return impl_->syncs;
}

}  // namespace anju::test
