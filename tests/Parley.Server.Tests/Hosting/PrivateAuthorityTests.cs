using System.Security.Cryptography.X509Certificates;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting;

public sealed class PrivateAuthorityTests : IDisposable
{
    private readonly DataFolder _folder = DataFolder.Open(Directory.CreateTempSubdirectory("parley-ca-").FullName);
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Theory]
    [InlineData("-verify_hostname localhost")]
    [InlineData("-verify_ip 127.0.0.1")]
    [InlineData("-verify_ip ::1")]
    [InlineData("-verify_hostname chat.example.test")]
    public async Task OpenSSL_accepts_the_leaf_strictly(string name)
    {
        PrivateAuthority.Certificate(_folder, ["chat.example.test"], _now).Dispose();
        var (exit, output) = await Shell.RunAsync($"openssl verify -x509_strict -purpose sslserver {name} -CAfile {_folder.Authority} {_folder.Certificate}");
        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task OpenSSL_rejects_a_name_that_is_not_in_the_leaf()
    {
        PrivateAuthority.Certificate(_folder, [], _now).Dispose();
        var (exit, _) = await Shell.RunAsync($"openssl verify -verify_hostname other.example.test -CAfile {_folder.Authority} {_folder.Certificate}");
        Assert.NotEqual(0, exit);
    }

    [Fact]
    public void The_same_names_keep_the_leaf()
    {
        using var first = PrivateAuthority.Certificate(_folder, ["a.test"], _now);
        using var again = PrivateAuthority.Certificate(_folder, ["a.test"], _now.AddDays(700));
        Assert.Equal(first.Thumbprint, again.Thumbprint);
    }

    [Fact]
    public void Other_names_make_another_leaf_of_the_same_authority()
    {
        using var first = PrivateAuthority.Certificate(_folder, ["a.test"], _now);
        var authority = File.ReadAllText(_folder.Authority);
        using var other = PrivateAuthority.Certificate(_folder, ["b.test"], _now);
        Assert.NotEqual(first.Thumbprint, other.Thumbprint);
        Assert.Equal(authority, File.ReadAllText(_folder.Authority));
    }

    [Fact]
    public void A_leaf_near_its_end_is_replaced()
    {
        using var first = PrivateAuthority.Certificate(_folder, [], _now);
        using var renewed = PrivateAuthority.Certificate(_folder, [], _now.AddDays(825 - 59));
        Assert.NotEqual(first.Thumbprint, renewed.Thumbprint);
        Assert.True(renewed.NotAfter > first.NotAfter);
    }

    [Fact]
    public async Task Node_connects_with_the_authority_as_extra_trust()
    {
        await using var server = await TestServer.StartAsync();
        var (exit, output) = await Shell.RunAsync(
            """node -e 'require("https").get(`https://${process.env.LP_CSDS}/healthz`, r => r.pipe(process.stdout)).on("error", e => { console.error(e.code); process.exit(3) })'""",
            ("LP_CSDS", server.Env["LP_CSDS"]), ("NODE_EXTRA_CA_CERTS", server.Env["NODE_EXTRA_CA_CERTS"]));
        Assert.Equal((0, "ok\n"), (exit, output));
    }

    [Fact]
    public async Task A_certificate_of_the_operators_is_used_when_given()
    {
        using var own = PrivateAuthority.Certificate(_folder, ["own.test"], _now);
        var options = new ServerOptions { Certificate = new CertificateOptions { Path = _folder.Certificate, KeyPath = _folder.CertificateKey } };
        Assert.Equal(own.Thumbprint, ServerCertificate.Load(options, _folder, _now).Leaf.Thumbprint);
        var (exit, output) = await Shell.RunAsync(
            $"printf secret > {_folder.Path}/pw && openssl pkcs12 -export -in {_folder.Certificate} -inkey {_folder.CertificateKey} -certfile {_folder.Authority} -out {_folder.Path}/own.pfx -passout file:{_folder.Path}/pw");
        Assert.True(exit == 0, output);
        options.Certificate = new CertificateOptions { Path = $"{_folder.Path}/own.pfx", PasswordPath = $"{_folder.Path}/pw" };
        var loaded = ServerCertificate.Load(options, _folder, _now);
        Assert.Equal(own.Thumbprint, loaded.Leaf.Thumbprint);
        Assert.Single(loaded.Intermediates);
    }
}
