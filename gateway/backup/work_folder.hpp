// A private folder for copies in clear, gone when its owner is.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace anju::backup {

class WorkFolder {
public:
    /// Makes it anew, 0700: what an interrupted run left in it is deleted first.
    static result<WorkFolder> make(const std::filesystem::path& folder);
    ~WorkFolder();
    WorkFolder(WorkFolder&& other) noexcept;
    WorkFolder& operator=(WorkFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    explicit WorkFolder(std::filesystem::path folder) : path_(std::move(folder)) {}
    std::filesystem::path path_;
};

}  // namespace anju::backup
