//! Prints the OpenAPI document, for `make gen`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", server::api::openapi().to_pretty_json()?);
    Ok(())
}
