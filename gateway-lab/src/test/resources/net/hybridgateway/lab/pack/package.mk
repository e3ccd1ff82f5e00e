# As much of OpenWrt's package.mk as the feed's Makefile uses: for each package, a folder with what it installs, and files that
# tell what it says of itself. $(OUT) is where they go.
PKG_BUILD_DIR:=$(OUT)/$(PKG_NAME)-$(PKG_VERSION)

all:

# A fresh start for each package, as the build system has it.
clear = $(foreach name,TITLE DEPENDS EXTRA_DEPENDS USERID PKGARCH SECTION CATEGORY,$(eval $(name):=))
# NAME FIELD TEXT
tell = $(file >$(OUT)/$(1).$(2),$(3))

define BuildPackage
$(call clear)$(eval $(call Package/$(1)))
$(call tell,$(1),version,$(PKG_VERSION)-r$(PKG_RELEASE))
$(call tell,$(1),depends,$(DEPENDS))
$(call tell,$(1),extra-depends,$(EXTRA_DEPENDS))
$(call tell,$(1),user,$(USERID))
$(call tell,$(1),arch,$(PKGARCH))
$(call tell,$(1),license,$(PKG_LICENSE))
$(call tell,$(1),strip,$(RSTRIP))
$(call tell,$(1),description,$(strip $(Package/$(1)/description)))
$(foreach part,conffiles preinst postinst prerm postrm,$(call tell,$(1),$(part),$(Package/$(1)/$(part))))
all: $(1)
.PHONY: $(1)
$(1): unpacked
	mkdir -p $(OUT)/$(1)
	$(call Package/$(1)/install,$(OUT)/$(1))
endef

# What is not there yet is fetched from the address, which is a folder here, and its sum must be right.
.PHONY: unpacked
unpacked:
	echo '$(PKG_HASH)  $(PKG_SOURCE_URL:file://%=%)/$(PKG_SOURCE)' | sha256sum --quiet -c -
	mkdir -p $(OUT)
	tar -xzf $(PKG_SOURCE_URL:file://%=%)/$(PKG_SOURCE) -C $(OUT)
