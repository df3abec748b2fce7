using System.CommandLine;
using Parley.Commands;

var root = new RootCommand("Parley: asynchronous messaging between a brand's agents and its consumers.")
{
    ServeCommand.Create(),
    ShellCommand.Create(),
    ConnectCommand.Create(),
    AccountCommand.Create(),
    AgentCommand.Create(),
    SkillCommand.Create(),
    AnswerCommand.Create(),
    RouteCommand.Create(),
    TokenCommand.Create(),
    MigrateCommand.Create(),
    ClusterCommand.Create(),
};

// An argument that begins with @ is a frame or a password, never the name of a file with more arguments. Commands that
// outlive a signal handle it themselves.
return await root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
