// Which fields of a database say who somebody is, and the keys they are sealed with.
//
// Sealing happens where a row becomes columns and where columns become a row (statement.hpp), so
// that nothing else has to think of it. What a row is checked against damage with is made of the
// columns as they lie in the file: copying, checking and salvaging need no key.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vault/keys.hpp"

namespace anju::store {

struct PersonalField {
    std::string_view table;
    std::string_view name;  ///< of the column
    int column;             ///< its place in the table's list of columns (rows.hpp)
    int identity;           ///< so many columns in front say which row it is; the same in a table
    vault::Form form;       ///< text: in a column of text
    /// True for content that is nobody's, which stays as it is; null: there is none.
    bool (*stays_open)(std::string_view) = nullptr;
};

/// What a connection knows of it. Without keys, fields are handed through as they lie in the file.
struct Personal {
    std::shared_ptr<const vault::Keys> keys;
    std::span<const PersonalField> fields;  ///< those of one table beside each other
    /// A field that is not sealed is refused. False while an older database is being sealed.
    bool all_sealed = false;

    [[nodiscard]] std::span<const PersonalField> of(std::string_view table) const;
};

/// The columns that say which row it is, in their order.
class RowIdentity {
public:
    void add(std::int64_t value);
    void add(std::string_view value);
    /// Of a field of this row: what its sealing is bound to.
    [[nodiscard]] std::string place(const PersonalField& field) const;

private:
    std::string bytes_;
};

/// The content of a field as it lies in the file; nullopt: it is not sealed, or not for this place.
[[nodiscard]] std::optional<std::string> opened(const Personal& personal,
                                                const PersonalField& field, const RowIdentity& row,
                                                std::string_view stored);
/// Whether a field that does not open is content by itself.
[[nodiscard]] bool may_stay_open(const Personal& personal, const PersonalField& field,
                                 std::string_view stored);

/// Of the journal's database: anju.db.
[[nodiscard]] std::span<const PersonalField> personal_fields();

}  // namespace anju::store
