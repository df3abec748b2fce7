using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parley.Tests.Shell;

namespace Parley.Tests.Commands;

public sealed class OperatorCommandTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("parley-cli-").FullName, "data");
    private ServeProcess? _serve;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await (_serve?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Agents_are_kept_alike_with_a_running_server_and_without(bool running)
    {
        await ServeAsync(running);
        var added = await RunAsync(null, "agent", "add", "--login", "bot", "--role", "manager", "--skill", "sales", "--max-slots", "7");
        Assert.Matches(@"Password \(shown once\): [a-z2-9]{26}\n$", added);
        Assert.DoesNotContain("Password", await RunAsync("my-own-password\n", "agent", "add", "--login", "own", "--role", "agent", "--password-stdin", "employeeId=E-1"));

        var keys = await RunAsync(null, "agent", "keys", "--login", "bot");
        Assert.Matches(@"^LP_APP_KEY=[0-9a-f]{32}\nLP_SECRET=[0-9a-f]{32}\nLP_ACCESS_TOKEN=[0-9a-f]{32}\nLP_ACCESS_TOKEN_SECRET=[0-9a-f]{32}\n$", keys);

        await RunAsync(null, "agent", "disable", "--login", "bot");
        var bot = JsonNode.Parse(await RunAsync(null, "agent", "list", "--json"))!["agents"]!.AsArray().Single(agent => (string?)agent!["login"] == "bot")!;
        Assert.Equal(
            ("Manager", "sales", 7, false),
            ((string)bot["role"]!, (string)bot["skills"]!.AsArray().Single()!, (int)bot["maxSlots"]!, (bool)bot["enabled"]!));
        Assert.Contains("Bo Tt <bo@example.test>", await RunAsync(null, "agent", "set", "--login", "bot", "nickname=Bo", "fullName=Bo Tt", "email=bo@example.test", "userType=bot", "pictureUrl=https://example.test/?a=b"));
        await RunAsync(null, "agent", "set", "--login", "bot", "nickname=");
        bot = JsonNode.Parse(await RunAsync(null, "agent", "list", "--json"))!["agents"]!.AsArray().Single(agent => (string?)agent!["login"] == "bot")!;
        Assert.Equal(
            ("bot", "Bo Tt", "Bot", "https://example.test/?a=b"),
            ((string)bot["nickname"]!, (string)bot["fullName"]!, (string)bot["userType"]!, (string)bot["pictureUrl"]!));
        foreach (var wrong in new[] { "password=x", "email=nowhere", "nickname", "=x" })
        {
            var (exitCode, _, error) = await Cli.RunAsync(null, "agent", "set", "--login", "bot", wrong, "--data", _folder);
            Assert.True(exitCode == 1 && error.StartsWith("parley: ", StringComparison.Ordinal), $"{wrong}: {exitCode} {error}");
        }

        Assert.Contains("enabled", await RunAsync(null, "agent", "enable", "--login", "bot"));
        Assert.Contains("Password", await RunAsync(null, "agent", "password", "--login", "bot"));
    }

    // With a proxy in the environment, the operator's token went to it.
    [Fact]
    public async Task A_proxy_is_not_asked_for_the_server_of_this_machine()
    {
        await ServeAsync(running: true);
        await using var command = ParleyProcess.Start(new Dictionary<string, string> { ["http_proxy"] = "http://127.0.0.1:9" }, "account", "list", "--data", _folder);

        var (exit, output, error) = await command.EndAsync();

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("demo", output);
    }

    // A setting that was not given read as 0, and the account's rings ended at once.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settings_of_an_account_are_changed_by_name(bool running)
    {
        await ServeAsync(running);
        await RunAsync(null, "account", "set", "ringSeconds=30", "limits.textCharacters=4000", "notifyEmptyReplay=false", "brandName=Shoes & Co", "fileTypes=PNG PDF", """statusReasons=[{"id":"7","text":"Yoga","state":"AWAY"}]""");
        await RunAsync(null, "account", "set", "ringSeconds=", "--account", "demo");
        var settings = JsonNode.Parse(await RunAsync(null, "account", "list", "--json"))!["accounts"]![0]!["settings"]!;
        Assert.Equal(
            (72, 4000, false, "PNG PDF"),
            ((int)settings["ringSeconds"]!, (int)settings["limits"]!["textCharacters"]!, (bool)settings["notifyEmptyReplay"]!, (string)settings["fileTypes"]!));
        Assert.Equal(("Shoes & Co", "Yoga", true), ((string)settings["brandName"]!, (string)settings["statusReasons"]![0]!["text"]!, (bool)settings["statusReasons"]![0]!["enabled"]!));

        foreach (var wrong in new[] { "nothing=1", "limits=1", "ringSeconds=0", "ringSeconds=soon", "ringSeconds", "fileBytes=0", "fileTypes=PNG EXE", "brandWebsiteUrl=example.test", "statusReasons=[7]", "statusReasons=x" })
        {
            var (exitCode, _, error) = await Cli.RunAsync(null, "account", "set", wrong, "--data", _folder);
            Assert.True(exitCode == 1 && error.StartsWith("parley: ", StringComparison.Ordinal), $"{wrong}: {exitCode} {error}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tokens_are_minted_listed_revoked_and_their_keys_rotated(bool running)
    {
        await ServeAsync(running);
        var jwt = Regex.Match(await RunAsync(null, "token", "mint", "--consumer", "c1", "--minutes", "60"), "^LP_JWT=(.+)\n$").Groups[1].Value;
        Assert.Equal(3, jwt.Split('.').Length);
        var listed = Assert.Single(JsonNode.Parse(await RunAsync(null, "token", "list", "--json"))!["tokens"]!.AsArray())!;
        Assert.Equal("c1", (string?)listed["consumerId"]);
        Assert.Equal($"Revoked {(string?)listed["tokenId"]}\n", await RunAsync(jwt + "\n", "token", "revoke", "--token-stdin"));
        Assert.Contains("revoked", await RunAsync(null, "token", "list"));
        Assert.Equal("Revoked all tokens of c1\n", await RunAsync(null, "token", "revoke", "--consumer", "c1"));
        Assert.StartsWith("Signing with key ", await RunAsync(null, "token", "rotate-keys", "--algorithm", "RS256"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connectors_are_added_listed_and_removed(bool running)
    {
        await ServeAsync(running);
        using var key = RSA.Create(2048);
        var keyFile = Path.Combine(_folder, "idp.pem");
        await File.WriteAllTextAsync(keyFile, key.ExportSubjectPublicKeyInfoPem());
        string[] web = ["add", "--id", "web", "--type", "implicit", "--issuer", "https://idp.test", "--public-key", keyFile, "--algorithm", "RS256", "--audience", "a", "--audience", "b"];
        string[] login = ["add", "--id", "login", "--type", "code", "--issuer", "https://idp.test", "--jwks-url", "https://idp.test/keys",
            "--token-endpoint", "https://idp.test/token", "--client-id", "parley", "--client-secret-stdin", "--clock-skew", "5"];

        string[] agents = ["add", "--id", "agents", "--type", "saml", "--issuer", "https://idp.test/saml", "--audience", "parley", "--public-key", keyFile,
            "--login-attribute", "uid", "--recipient", "https://agents.test/acs"];

        Assert.Matches("^agents +saml +https://idp.test/saml\n$", await RunAsync(null, "account", "connector", agents));
        Assert.Matches("^web +implicit +https://idp.test\n$", await RunAsync(null, "account", "connector", web));
        await RunAsync("the client's secret\n", "account", "connector", login);
        await RunAsync(null, "account", "connector", [.. web, "--replace"]);

        var list = await RunAsync(null, "account", "connector", "list", "--json");
        Assert.DoesNotContain("secret", list);
        var connectors = JsonNode.Parse(list)!["connectors"]!.AsArray();
        Assert.Equal(["agents Saml 60 RS256 ES256", "login Code 5 RS256 ES256", "web Implicit 60 RS256"], connectors.Select(
            connector => $"{connector!["id"]} {connector["type"]} {connector["clockSkewSeconds"]} {string.Join(' ', connector["algorithms"]!.AsArray())}"));
        Assert.Equal("a b", string.Join(' ', connectors[2]!["audiences"]!.AsArray()));
        Assert.Equal(("uid", "https://agents.test/acs"), ((string?)connectors[0]!["loginAttribute"], (string?)connectors[0]!["recipient"]));
        Assert.DoesNotContain("web", await RunAsync(null, "account", "connector", "remove", "--id", "web"));

        var (exitCode, _, error) = await Cli.RunAsync(null, "account", "connector", "add", "--id", "web", "--type", "implicit", "--issuer", "i", "--public-key", "nowhere.pem", "--data", _folder);
        Assert.True(exitCode == 1 && error.Contains("nowhere.pem", StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Accounts_are_added_listed_and_disabled(bool running)
    {
        await ServeAsync(running);
        await RunAsync(null, "account", "add", "--account", "brand2");
        await RunAsync(null, "account", "disable", "--account", "brand2");
        var accounts = JsonNode.Parse(await RunAsync(null, "account", "list", "--json"))!["accounts"]!.AsArray();
        Assert.Equal(["brand2 False", "demo True"], accounts.Select(account => $"{account!["id"]} {(bool)account["enabled"]!}"));
    }

    [Fact]
    public async Task A_refusal_is_told_in_words_and_ends_with_1()
    {
        await ServeAsync(running: true);
        var (exit, output, error) = await Cli.RunAsync(null, "agent", "keys", "--data", _folder, "--login", "nobody");
        Assert.Equal((1, "", "parley: There is no agent nobody.\n"), (exit, output, error));
    }

    [Fact]
    public async Task A_folder_that_is_none_is_not_made_into_one()
    {
        var (exit, _, error) = await Cli.RunAsync(null, "agent", "list", "--data", _folder);
        Assert.Equal(1, exit);
        Assert.Contains("no data folder", error);
        Assert.False(Directory.Exists(_folder));
    }

    private async Task ServeAsync(bool running)
    {
        _serve = await ServeProcess.StartAsync(_folder);
        if (!running)
        {
            await _serve.SignalAsync("TERM");
        }
    }

    private async Task<string> RunAsync(string? input, string command, string verb, params string[] more)
    {
        var (exit, output, error) = await Cli.RunAsync(input, [command, verb, .. more, "--data", _folder]);
        Assert.True(exit == 0, error);
        return output;
    }
}
