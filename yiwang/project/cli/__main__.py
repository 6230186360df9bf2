from yiwang.project.cli import main

main()
