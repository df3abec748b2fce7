using System.CommandLine;
using Parley.Operators;
using Parley.Server.Admin;
using Parley.Server.Identity;
using Parley.Server.Identity.SignIn;

namespace Parley.Commands;

/// <summary><c>parley account connector add|list|remove</c>.</summary>
internal static class ConnectorCommand
{
    public static Command Create() => new("connector", "How consumers of an account, and its agents, sign in with the brand's identity provider.") { Add(), List(), Remove() };

    private static Command Add()
    {
        var account = OperatorCommands.Account();
        var id = Id("The connector's id, which consumers' clients name when they sign in; 'default' is used when they name none.");
        var type = new Option<string>("--type") { Description = "What clients bring: a token (implicit), a code, or nothing of the brand's (unauth); agents: an assertion (saml).", HelpName = "implicit|code|unauth|saml", Required = true };
        type.AcceptOnlyFromAmong("implicit", "code", "unauth", "saml");
        var issuer = Text("--issuer", "The claim iss of the provider's tokens; its entity id for SAML.", "ISS");
        var audience = Texts("--audience", "One that must be in the claim aud, any by default; for SAML, the entity id of this account, which must be given.", "AUD");
        var algorithm = Texts("--algorithm", "What tokens may be signed with (RS256 and ES256).", "ALG");
        var publicKey = Text("--public-key", "File with the provider's public keys or certificates, PEM.", "FILE");
        var jwksUrl = Text("--jwks-url", "Where the provider publishes its keys instead.", "URL");
        var clockSkew = new Option<int?>("--clock-skew") { Description = "How far the provider's clock may differ (60).", HelpName = "SECONDS" };
        var tokenEndpoint = Text("--token-endpoint", "Where codes are redeemed.", "URL");
        var clientId = Text("--client-id", "As whom codes are redeemed.", "ID");
        var clientSecret = Text("--client-secret-file", "File with the client's secret.", "FILE");
        var clientSecretStdin = new Option<bool>("--client-secret-stdin") { Description = "Read the client's secret from standard input instead." };
        var redirectUri = Text("--redirect-uri", "Sent with every code, instead of what the client gives.", "URI");
        var decryptionKey = Text("--decryption-key", "File with the private RSA key of encrypted tokens, PEM.", "FILE");
        var loginAttribute = Text("--login-attribute", "The SAML attribute with the agent's login name (the NameID).", "NAME");
        var recipient = Text("--recipient", "Where the provider sends its SAML responses (this server's login of the account).", "URL");
        var replace = new Option<bool>("--replace") { Description = "Take the place of the connector with this id." };
        return new Command("add", "Add a connector.").Runs(
            OperatorApi.AddConnector,
            parsed =>
            {
                var connector = new AuthConnector
                {
                    Id = parsed.GetValue(id)!,
                    Type = Enum.Parse<AuthConnectorType>(parsed.GetValue(type)!, ignoreCase: true),
                    Issuer = parsed.GetValue(issuer),
                    Audiences = parsed.GetValue(audience) ?? [],
                    PublicKeys = Content(parsed.GetValue(publicKey)),
                    JwksUrl = parsed.GetValue(jwksUrl),
                    TokenEndpoint = parsed.GetValue(tokenEndpoint),
                    ClientId = parsed.GetValue(clientId),
                    ClientSecret = parsed.GetValue(clientSecretStdin) ? OperatorCommands.SecretFromInput() : Content(parsed.GetValue(clientSecret))?.Trim(),
                    RedirectUri = parsed.GetValue(redirectUri),
                    DecryptionKey = Content(parsed.GetValue(decryptionKey)),
                    LoginAttribute = parsed.GetValue(loginAttribute),
                    Recipient = parsed.GetValue(recipient),
                };
                if (parsed.GetValue(algorithm) is { Length: > 0 } algorithms) connector.Algorithms = algorithms;
                if (parsed.GetValue(clockSkew) is { } seconds) connector.ClockSkewSeconds = seconds;
                return new AddConnector(parsed.GetValue(account), connector, parsed.GetValue(replace));
            },
            Print,
            account, id, type, issuer, audience, algorithm, publicKey, jwksUrl, clockSkew, tokenEndpoint, clientId, clientSecret, clientSecretStdin,
            redirectUri, decryptionKey, loginAttribute, recipient, replace);
    }

    private static Command List()
    {
        var account = OperatorCommands.Account();
        return new Command("list", "List the connectors of an account.").Runs(
            OperatorApi.ListConnectors, parsed => new AccountScope(parsed.GetValue(account)), Print, account);
    }

    private static Command Remove()
    {
        var account = OperatorCommands.Account();
        var id = Id("An existing connector's id.");
        return new Command("remove", "Remove a connector; who has signed in with it stays so until his token expires.").Runs(
            OperatorApi.RemoveConnector, parsed => new ConnectorName(parsed.GetValue(account), parsed.GetValue(id)!), Print, account, id);
    }

    private static Option<string> Id(string description) => new("--id") { Description = description, HelpName = "ID", Required = true };

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static Option<string[]> Texts(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static string? Content(string? file) => file is null ? null : File.ReadAllText(file);

    private static void Print(ConnectorList list)
    {
        foreach (var connector in list.Connectors)
        {
            Console.Out.WriteLine($"{connector.Id,-20} {connector.Type.ToString().ToLowerInvariant(),-8} {connector.Issuer}");
        }
    }
}
