#include "access/hand_over.hpp"

#include "store/database.hpp"

namespace anju::access {

result<void> hand_over(const std::filesystem::path& file) {
    try {
        store::Database db({file, store::Database::Mode::read_write, {}});
        db.execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
        store::Atomic atomic(db);
        db.execute("DELETE FROM sessions; DELETE FROM once");
        atomic.commit();
        return {};
    } catch (const store::SqliteError& error) {
        return error.to_error("cannot use the copy of the console's database", file);
    }
}

}  // namespace anju::access
