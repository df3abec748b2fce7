using System.CommandLine;
using System.Globalization;
using Parley.Operators;
using Parley.Server.Admin;
using Parley.Server.Identity;

namespace Parley.Commands;

/// <summary><c>parley token mint|revoke|list|rotate-keys</c>.</summary>
internal static class TokenCommand
{
    public static Command Create() => new("token", "Consumer tokens and the keys that sign them.") { Mint(), Revoke(), List(), RotateKeys() };

    private static Command Mint()
    {
        var account = OperatorCommands.Account();
        var consumer = new Option<string?>("--consumer") { Description = "The consumer's id; a new one by default.", HelpName = "ID" };
        var minutes = new Option<int?>("--minutes") { Description = "How long it is valid.", HelpName = "N" };
        return new Command("mint", "Make a consumer token.").Runs(
            OperatorApi.MintToken,
            parsed => new MintToken(parsed.GetValue(account), parsed.GetValue(consumer), parsed.GetValue(minutes)),
            minted => Console.Out.WriteLine($"LP_JWT={minted.Jwt}"),
            account, consumer, minutes);
    }

    private static Command Revoke()
    {
        var account = OperatorCommands.Account();
        var id = new Option<string?>("--id") { Description = "The token's id (claim jti).", HelpName = "JTI" };
        var stdin = new Option<bool>("--token-stdin") { Description = "Read the whole token from standard input instead." };
        var consumer = new Option<string?>("--consumer") { Description = "Take back all that this consumer has got until now instead.", HelpName = "ID" };
        return new Command("revoke", "Take a consumer's token back, or all of his, and close their sockets.").Runs(
            OperatorApi.RevokeToken,
            parsed => new RevokeToken(
                parsed.GetValue(account), parsed.GetValue(id), parsed.GetValue(stdin) ? OperatorCommands.SecretFromInput() : null, parsed.GetValue(consumer)),
            revoked => Console.Out.WriteLine($"Revoked {revoked.TokenId ?? $"all tokens of {revoked.Consumer}"}"),
            account, id, stdin, consumer);
    }

    private static Command List()
    {
        var account = OperatorCommands.Account();
        return new Command("list", "List the tokens that operators made.").Runs(
            OperatorApi.ListTokens, parsed => new AccountScope(parsed.GetValue(account)), Print, account);
    }

    private static Command RotateKeys()
    {
        var algorithm = new Option<string?>("--algorithm") { Description = "Of the new key.", HelpName = "ES256|RS256" };
        algorithm.AcceptOnlyFromAmong("ES256", "RS256");
        return new Command("rotate-keys", "Sign with a new key from now on; earlier tokens stay valid.").Runs(
            OperatorApi.RotateKeys,
            parsed => new RotateKeys(parsed.GetValue(algorithm) is { } name ? Enum.Parse<TokenAlgorithm>(name) : null),
            rotated => Console.Out.WriteLine($"Signing with key {rotated.KeyId}"),
            algorithm);
    }

    private static void Print(TokenList list)
    {
        foreach (var token in list.Tokens)
        {
            Console.Out.WriteLine(
                $"{token.TokenId,-36} {token.ConsumerId,-36} until {token.ExpiresAt.ToString("u", CultureInfo.InvariantCulture)}{(token.Revoked ? " revoked" : "")}");
        }
    }
}
