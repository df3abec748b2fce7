using System.CommandLine;
using Parley.Operators;
using Parley.Server.Admin;

namespace Parley.Commands;

/// <summary><c>parley account add|list|set|disable|connector</c>.</summary>
internal static class AccountCommand
{
    public static Command Create() => new("account", "The accounts of a server.") { Add(), List(), Set(), Disable(), ConnectorCommand.Create() };

    private static Command Add()
    {
        var id = Id();
        return new Command("add", "Add an account.").Runs(
            OperatorApi.AddAccount, parsed => new AddAccount(parsed.GetValue(id)!), Print, id);
    }

    private static Command List() => new Command("list", "List the accounts.").Runs(OperatorApi.ListAccounts, _ => new AccountScope(null), Print);

    private static Command Set()
    {
        var settings = OperatorCommands.Assignments(
            "settings", "NAME=VALUE, e.g. ringSeconds=30 limits.textCharacters=4000; without a value the default returns.", ArgumentArity.OneOrMore);
        var account = OperatorCommands.Account();
        var command = new Command("set", "Change settings of an account; open sockets keep the ones they began with.") { settings };
        return command.Runs(
            OperatorApi.ChangeSettings,
            parsed => new ChangeSettings(parsed.GetValue(account), OperatorCommands.Split(parsed.GetValue(settings))),
            Print,
            account);
    }

    private static Command Disable()
    {
        var id = Id();
        return new Command("disable", "Disable an account and close its sockets.").Runs(
            OperatorApi.DisableAccount, parsed => new AccountScope(parsed.GetValue(id)), Print, id);
    }

    private static Option<string> Id() => new("--account") { Description = "The account's id.", HelpName = "ID", Required = true };

    private static void Print(AccountList list)
    {
        foreach (var account in list.Accounts)
        {
            Console.Out.WriteLine($"{account.Id,-20} {(account.Enabled ? "enabled" : "disabled")}");
        }
    }
}
