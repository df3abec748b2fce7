using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Hosting;

/// <summary>The data folder's own certificate authority, for machines without a certificate of their own.</summary>
internal static class PrivateAuthority
{
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);
    private static readonly TimeSpan LeafLife = TimeSpan.FromDays(825);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(60);

    /// <summary>The leaf for these names, made anew when they change or it nears its end; the authority stays.</summary>
    /// <param name="folder">Where both are kept.</param>
    /// <param name="names">Host names and addresses besides localhost.</param>
    /// <param name="now">The time.</param>
    public static X509Certificate2 Certificate(DataFolder folder, IEnumerable<string> names, DateTimeOffset now)
    {
        string[] all = ["localhost", "127.0.0.1", "::1", .. names.Except(["localhost", "127.0.0.1", "::1"]).Distinct()];
        if (File.Exists(folder.Certificate) && File.Exists(folder.CertificateKey) && File.Exists(folder.Authority))
        {
            var existing = X509Certificate2.CreateFromPemFile(folder.Certificate, folder.CertificateKey);
            if (existing.NotAfter - now > RenewBefore && SubjectNames(all).RawData.AsSpan().SequenceEqual(SubjectNamesOf(existing)))
            {
                return existing;
            }

            existing.Dispose();
        }

        using var authority = LoadAuthority(folder) ?? CreateAuthority(folder, now);
        return CreateLeaf(folder, authority, all, now);
    }

    private static X509Certificate2? LoadAuthority(DataFolder folder) =>
        File.Exists(folder.Authority) && File.Exists(folder.AuthorityKey)
            ? X509Certificate2.CreateFromPemFile(folder.Authority, folder.AuthorityKey)
            : null;

    private static X509Certificate2 CreateAuthority(DataFolder folder, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Parley private CA {RandomNumberGenerator.GetHexString(8, lowercase: true)}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var authority = request.CreateSelfSigned(now - TimeSpan.FromHours(1), now + AuthorityLife);
        DataFolder.Replace(folder.AuthorityKey, key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        DataFolder.Replace(folder.Authority, authority.ExportCertificatePem() + "\n", secret: false);
        return authority;
    }

    private static X509Certificate2 CreateLeaf(DataFolder folder, X509Certificate2 authority, string[] names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Parley", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(SubjectNames(names));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var notAfter = now + LeafLife < authority.NotAfter ? now + LeafLife : authority.NotAfter;
        using var leaf = request.Create(authority, now - TimeSpan.FromHours(1), notAfter, RandomNumberGenerator.GetBytes(16));
        DataFolder.Replace(folder.CertificateKey, key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        DataFolder.Replace(folder.Certificate, leaf.ExportCertificatePem() + "\n", secret: false);
        return X509Certificate2.CreateFromPemFile(folder.Certificate, folder.CertificateKey);
    }

    private static X509Extension SubjectNames(IEnumerable<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }

    private static ReadOnlySpan<byte> SubjectNamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault()?.RawData;
}
