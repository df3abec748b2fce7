using System.CommandLine;
using Parley.Commands;

// An argument that begins with @ is a frame or a password, never the name of a file with more arguments.
return await new RootCommand("Parley: asynchronous messaging between a brand's agents and its consumers.")
{
    ConnectCommand.Create(),
    ShellCommand.Create(),
}.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync();
