using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Hosting;

/// <summary>The certificate of the HTTPS listener.</summary>
/// <param name="Leaf">With its private key.</param>
/// <param name="Intermediates">Sent after the leaf.</param>
/// <param name="TrustFile">What clients must trust: the private authority, or the operator's own file.</param>
internal sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Intermediates, string TrustFile)
{
    public static ServerCertificate Load(ServerOptions options, DataFolder folder, DateTimeOffset now)
    {
        if (options.Certificate.Path is not { } path)
        {
            var listen = ListenAddress.Parse(options.Https).Address;
            string[] names =
            [
                .. options.PublicHost is { } host ? [new HostString(host).Host.Trim('[', ']')] : Array.Empty<string>(),
                .. listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? [] : new[] { listen.ToString() },
            ];
            return new ServerCertificate(PrivateAuthority.Certificate(folder, names, now), [], folder.Authority);
        }

        if (System.IO.Path.GetExtension(path) is ".pfx" or ".p12")
        {
            var password = options.Certificate.PasswordPath is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
            var leaf = all.Single(certificate => certificate.HasPrivateKey);
            all.Remove(leaf);
            return new ServerCertificate(leaf, all, System.IO.Path.GetFullPath(path));
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        chain.RemoveAt(0);
        return new ServerCertificate(X509Certificate2.CreateFromPemFile(path, options.Certificate.KeyPath), chain, System.IO.Path.GetFullPath(path));
    }
}
