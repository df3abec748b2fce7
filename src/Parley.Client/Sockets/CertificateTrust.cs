using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Client;

/// <summary>HTTP handlers that trust more than the system does: a private authority, as Parley makes one in its data folder.</summary>
public static class CertificateTrust
{
    /// <summary>A handler that trusts the system's authorities and those of <paramref name="caFile"/>.</summary>
    /// <param name="caFile">A PEM file with one or more certificates, for example <c>ca.pem</c>; null adds none.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds no certificate.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SocketsHttpHandler HandlerTrusting(string? caFile)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        if (caFile is null) return handler;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(caFile);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
        return handler;
    }

    /// <summary>A handler that trusts the system's authorities and the file that <c>NODE_EXTRA_CA_CERTS</c> names, as <c>lp.env</c> does; a file that is not there adds none.</summary>
    public static SocketsHttpHandler HandlerFromEnvironment() =>
        HandlerTrusting(Environment.GetEnvironmentVariable("NODE_EXTRA_CA_CERTS") is { Length: > 0 } file && File.Exists(file) ? file : null);

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(e => e.Certificate).ToArray());
        return chain.Build(new X509Certificate2(certificate));
    }
}
