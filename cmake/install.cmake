# What `cmake --install` puts where, and the .deb that `cpack` makes of it.
set(stock ${CMAKE_INSTALL_DATADIR}/jianbao)
install(DIRECTORY layouts DESTINATION ${stock} OPTIONAL)
install(FILES fonts/faces.txt fonts/README.md DESTINATION ${stock}/fonts)
install(PROGRAMS fonts/fetch DESTINATION ${stock}/fonts)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(FILES LICENSE RENAME copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL
  FILES_MATCHING PATTERN "*.md" PATTERN "*.png"
  PATTERN completion EXCLUDE)
install(FILES docs/jianbao.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(FILES docs/jianbao-dossier.5
  ${PROJECT_BINARY_DIR}/docs/jianbao-layout.5
  DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(DIRECTORY docs/examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/completion/jianbao.bash RENAME jianbao OPTIONAL
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES docs/completion/_jianbao OPTIONAL
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME jianbao)
set(CPACK_PACKAGE_CONTACT "jianbao maintainers <jianbao@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "typesets a printed Chinese briefing from newspaper pages")
set(CPACK_PACKAGE_DESCRIPTION
  "Reads the month's newspaper pages, finds the figures that the articles\
 report, and sets them with tables, charts and sources into a PDF in the look\
 of Chinese official documents. Every printed figure can be traced to its\
 sentence.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "make, fonts-noto-cjk, fonts-arphic-gkai00mp, fonts-arphic-ukai, fonts-liberation2")
include(CPack)
