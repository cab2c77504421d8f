// An Access in a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "access/access.hpp"
#include "tests/support/broker.hpp"  // TempDir

namespace anju::access::test {

inline constexpr Instant noon = Instant{std::chrono::hours{24 * 365 * 55}};
inline constexpr const char* some_hash = "$argon2id$v=19$m=65536,t=2,p=1$some$hash";

class Opened {
public:
    explicit Opened(Access::Options options = {}) : options_(std::move(options)) {
        options_.data_dir = folder_.path();
        again();
    }
    /// Closes and opens it.
    void again(Instant now = noon) {
        access_.reset();
        auto opened = Access::open(options_, now);
        if (!opened) throw std::runtime_error(opened.error().text());
        access_ = std::move(*opened);
    }
    /// Closes it; from the next again() on with these keys.
    void use(std::shared_ptr<const vault::Keys> keys) {
        close();
        options_.keys = std::move(keys);
    }
    /// Why it cannot be opened; empty: it can.
    [[nodiscard]] std::string refusal() {
        close();
        const auto opened = Access::open(options_, noon);
        return opened ? "" : opened.error().text();
    }
    void close() { access_.reset(); }
    Access& operator*() { return *access_; }
    Access* operator->() { return access_.get(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "console.db"; }

    Account add(const std::string& name, AccountRole role = AccountRole::worker,
                const std::string& hash = some_hash) {
        return access_->accounts()
            .add({.name = name, .role = role, .scope = {{"C1"}}}, hash, noon)
            .value();
    }
    Account add_operator(const std::string& name) {
        return access_->accounts().add_first(name, some_hash, noon).value();
    }

private:
    anju::test::TempDir folder_;
    Access::Options options_;
    std::unique_ptr<Access> access_;
};

}  // namespace anju::access::test
