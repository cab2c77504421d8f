// Puts files of the configuration in place, one by one and whole, and takes all of it back as long
// as nothing counts on it.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "backup/archive.hpp"
#include "base/result.hpp"
#include "store/quarantine.hpp"

namespace anju::backup {

/// As root the owners are set, by name. One thread.
class ConfigPlacer {
public:
    enum class There : std::uint8_t {
        kept_as_old,  ///< what is there becomes FILE.old
        in_it,        ///< all that is there is in the new one as well
    };

    explicit ConfigPlacer(store::Step step) : step_(std::move(step)) {}

    /// `from` becomes `to`, with mode and owners of `member`. At every moment there is one whole
    /// file of that name, where there was one before.
    [[nodiscard]] result<void> put(const Member& member, const std::filesystem::path& from,
                                   const std::filesystem::path& to, There there);

    /// What was there before put() is there again; what was not is gone. Of a file that was `in_it`
    /// the longer one stays. An Error: of the first that could not be taken back; tries all.
    [[nodiscard]] result<void> take_back();

    /// What was replaced, as it is called now.
    [[nodiscard]] const std::vector<std::filesystem::path>& old() const { return old_; }
    /// Owners that do not exist here, and the like.
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

private:
    [[nodiscard]] result<void> write(const Member& member, const std::filesystem::path& from,
                                     const std::filesystem::path& part);
    [[nodiscard]] result<void> keep_old(const std::filesystem::path& file);
    void own(const std::filesystem::path& file, const std::string& owner, const std::string& group);
    void missing(const std::string& what);
    void step(const char* what) const {
        if (step_) step_(what);
    }

    struct Put {
        std::filesystem::path file;
        bool has_old;
    };
    store::Step step_;
    std::vector<Put> put_;
    std::vector<std::filesystem::path> old_;
    std::vector<std::string> notes_;
};

}  // namespace anju::backup
