using System.CommandLine;
using Parley.Commands;

var root = new RootCommand("Parley: asynchronous messaging between a brand's agents and its consumers.")
{
    ServeCommand.Create(),
    ShellCommand.Create(),
    ConnectCommand.Create(),
    AccountCommand.Create(),
    AgentCommand.Create(),
    TokenCommand.Create(),
};

// Commands that outlive a signal handle it themselves.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
