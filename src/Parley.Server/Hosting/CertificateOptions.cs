namespace Parley.Server.Hosting;

/// <summary>A certificate of the operator's; without one the data folder's private authority makes one.</summary>
public sealed class CertificateOptions
{
    /// <summary>PEM (leaf first, then intermediates) or PKCS #12 (<c>.pfx</c>, <c>.p12</c>).</summary>
    public string? Path { get; set; }

    /// <summary>PEM private key; unused for PKCS #12.</summary>
    public string? KeyPath { get; set; }

    /// <summary>File that holds the password of the PKCS #12 file; passwords are never options themselves.</summary>
    public string? PasswordPath { get; set; }
}
