// A box with Debian's packages: apt fetches and verifies, dpkg installs, systemd runs.
//
// Of apt it uses only what one source says, signed by one key: the lines of `source`, with
// Signed-By. All the rest of the system's sources serve nothing but libraries that a new version
// needs. Packages are kept in `state`, in one folder a version, with the sums that the signed
// source gives them: putting a version back needs no network. Everything in `state` belongs to
// root, for root installs it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "update/updater.hpp"

namespace anju::update {

struct Places {
    std::filesystem::path state = "/var/lib/anju-update";
    std::filesystem::path source = "/etc/apt/sources.list.d/anju.sources";
    std::filesystem::path socket;  ///< of anjud's control
    std::string home;              ///< address of the home broker; empty: not known
    std::string gateway_id;
    std::chrono::minutes utc_offset{};
};

class DebianBox final : public Box {
public:
    explicit DebianBox(Places places) : places_(std::move(places)) {}

    /// Asks the source what there is now. An Error when it cannot be reached, or when what it says
    /// is not signed by its key, too old or older than what it said before: apt's words.
    [[nodiscard]] result<void> check();

    [[nodiscard]] result<Facts> look(Look what) override;
    [[nodiscard]] result<void> save(const Record& record) override;
    [[nodiscard]] result<void> prepare(const std::string& from, const std::string& to) override;
    [[nodiscard]] Put install(const std::string& version) override;
    [[nodiscard]] result<void> put_back(const std::string& version) override;
    void forget_others(const std::string& one, const std::string& other) override;
    [[nodiscard]] Health health() override;
    [[nodiscard]] HomeBroker home_broker() override;
    void restart_home_broker() override;
    [[nodiscard]] Duration steady() override;
    void pause(Duration length) override;
    void tell(const Action& action, const Record& record) override;
    void tell_end(const Record& record) override;

    /// The copy of this program that prepare() made.
    void forget_program();

    /// Whether whole packages of `version` are kept here whose stores and programs fit to go back
    /// from the installed version.
    [[nodiscard]] result<void> can_go_back(const std::string& version);

private:
    [[nodiscard]] std::filesystem::path folder_of(const std::string& version) const;

    Places places_;
};

/// As written by the last run; a fresh one when there is none. An Error when there is one that
/// cannot be read.
[[nodiscard]] result<Record> read_record(const std::filesystem::path& state);

/// Of "mqtt://127.0.0.1:1883" the port; nullopt for one that is on another machine, or that is not
/// spoken to in the clear.
[[nodiscard]] std::optional<std::uint16_t> port_on_this_box(std::string_view uri);

/// Held by whoever updates. nullopt: somebody else does.
class Turn {
public:
    [[nodiscard]] static std::optional<Turn> take(const std::filesystem::path& state);
    ~Turn();
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;

private:
    explicit Turn(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace anju::update
