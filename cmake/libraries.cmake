# Every foreign library, found once; docs/rooms.md names the door of each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
foreach(lib IN ITEMS libxml-2.0 harfbuzz harfbuzz-subset icu-uc
                     icu-i18n sqlite3 libpng zlib libdeflate libqrencode
                     nettle libarchive)
  string(MAKE_C_IDENTIFIER ${lib} id)
  pkg_check_modules(${id} REQUIRED IMPORTED_TARGET ${lib})
endforeach()

# Debian's libhpdf-dev has no .pc file.
find_path(HPDF_INCLUDE_DIR hpdf.h REQUIRED)
find_library(HPDF_LIBRARY hpdf REQUIRED)
add_library(HPDF::HPDF UNKNOWN IMPORTED)
set_target_properties(HPDF::HPDF PROPERTIES
  IMPORTED_LOCATION ${HPDF_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${HPDF_INCLUDE_DIR}
  INTERFACE_LINK_LIBRARIES m)
