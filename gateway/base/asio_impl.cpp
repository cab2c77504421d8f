// The one place where the non-template part of Boost.Asio is compiled.
#include <boost/asio/impl/src.hpp>
