//! The console is embedded when it has been built. Its directory is made here, because a watched one that is missing
//! would have this crate built again every time.

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=../../web/dist");
    std::fs::create_dir_all("../../web/dist")
}
