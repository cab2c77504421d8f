// The one place where the non-template parts of Boost.Beast and of Asio's TLS are compiled.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
